import TestSupport
import Testing

@testable import Platform

#if os(Linux)
  import Glibc

  /// Processes that children leave behind. An exit test has a process of its own, with no other children.
  struct OrphansTests {
    @Test(
      "what a child leaves behind is ended and counted, in its group or not, and what ended before is only reaped"
    )
    func left() async {
      await #expect(processExitsWith: .success) {
        try #require(Orphans.adopt())
        let pipe = try Pipe()
        var orphans = Orphans()
        let script = "setsid sleep 1000 & sleep 1000 & (sleep 1000 & setsid true) & exit 0"
        let child = try ChildProcess.spawn(
          "/bin/sh", ["-c", script], leadsSession: true, output: nil, error: pipe.writer)
        #expect(try child.reap().status == .exited(0))
        orphans.end()
        #expect(orphans.killed >= 3)
        let none = waitpid(-1, nil, WNOHANG)
        #expect(none == -1 && errno == ECHILD)
      }
    }

    @Test("the CPU time of a process whose parent ended first is counted when it is reaped")
    func usage() async {
      await #expect(processExitsWith: .success) {
        try #require(Orphans.adopt())
        let (pipe, ready) = (try Pipe(), try Pipe())
        var orphans = Orphans()
        let loop = "i=0; while [ $i -lt 50000 ]; do i=$((i+1)); done; echo done >&2"
        let child = try ChildProcess.spawn(
          "/bin/sh", ["-c", "(\(loop)) & exit 0"], output: pipe.writer, error: ready.writer)
        #expect(try child.reap().status == .exited(0))
        _ = try ready.reader.read(atMost: 4)
        try waitUntil("it has ended") {
          orphans.reapEnded(except: [])
          return orphans.usage.userTime + orphans.usage.systemTime > 0
        }
        orphans.end()
        #expect(orphans.killed == 0)
      }
    }

    @Test("children that this process had before are kept, and so are those that it reaps itself")
    func kept() async {
      await #expect(processExitsWith: .success) {
        try #require(Orphans.adopt())
        let pipe = try Pipe()
        let before = try ChildProcess.spawn("/bin/sleep", ["1000"], output: nil, error: pipe.writer)
        var orphans = Orphans()
        let ended = try ChildProcess.spawn("/bin/false", [], output: nil, error: pipe.writer)
        try waitUntil("it has ended") { try ended.hasEnded() }
        orphans.reapEnded(except: [ended.identifier])
        #expect(try ended.reap().status == .exited(1))
        orphans.end()
        #expect(try !before.hasEnded() && orphans.killed == 0)
        before.kill()
        #expect(try before.reap().status == .signaled(SIGKILL))
      }
    }
  }
#endif
