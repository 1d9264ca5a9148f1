import CPlatform
import TestSupport
import Testing

@testable import Platform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

struct ChildProcessTests {
  @Test("a child receives its arguments unchanged, and its output arrives")
  func arguments() throws {
    let (text, _, ended) = try run("/bin/echo", ["a b", "", "$HOME", "*", "'\"", "é"])
    #expect(text == "a b  $HOME * '\" é\n")
    #expect(ended.status == .exited(0))
  }

  @Test("output and error go to their own descriptors")
  func outputAndError() throws {
    let (text, error, ended) = try run("/bin/cat", ["/nonexistent/file"])
    #expect(text == "")
    #expect(error.contains("/nonexistent/file"))
    #expect(ended.status == .exited(1))
  }

  @Test("output longer than a pipe's buffer arrives whole")
  func muchOutput() throws {
    let folder = try TemporaryFolder()
    let text = (0..<30_000).map { "line \($0)\n" }.joined()
    let path = try folder.write("long", text)
    let (copy, _, ended) = try run("/bin/cat", [path])
    #expect(copy == text)
    #expect(ended.status == .exited(0))
  }

  @Test("a child has an empty standard input")
  func noInput() throws {
    let (text, error, ended) = try run("/bin/cat", [])
    #expect(text == "" && error == "")
    #expect(ended.status == .exited(0))
  }

  @Test("reaping a child gives its exit status")
  func failure() throws {
    #expect(try run("/usr/bin/false", []).ended.status == .exited(1))
  }

  @Test("a child killed with its group ends by that signal")
  func killGroup() throws {
    let child = try sleeper()
    child.killGroup()
    #expect(try child.reap().status == .signaled(SIGKILL))
  }

  @Test("a child killed alone ends by that signal")
  func kill() throws {
    let child = try sleeper()
    child.kill()
    #expect(try child.reap().status == .signaled(SIGKILL))
  }

  @Test("a child leads a process group of its own")
  func processGroup() throws {
    let child = try sleeper()
    defer { end(child) }
    #expect(getpgid(child.identifier) == child.identifier)
    #expect(getpgrp() != child.identifier)
  }

  @Test("a child that has ended keeps its identifier until it is reaped")
  func ended() throws {
    let child = try start("/usr/bin/false", []).0
    for _ in 0..<2 {
      try waitUntil("it has ended") { try child.hasEnded() }
      #expect(CPlatform.kill(child.identifier, 0) == 0)
    }
    #expect(try child.reap().status == .exited(1))
  }

  @Test("a child keeps its exit status if this process was started with SIGCHLD ignored")
  func ignoredEnds() async {
    await #expect(processExitsWith: .success) {
      signal(SIGCHLD, SIG_IGN)
      let pipe = try Pipe()
      let child = try ChildProcess.spawn("/usr/bin/false", [], output: pipe.writer, error: pipe.writer)
      #expect(try child.reap().status == .exited(1))
    }
  }

  #if os(Linux)
    @Test("a group can be stopped and continued")
    func stopGroup() throws {
      let child = try sleeper()
      defer { end(child) }
      child.stopGroup()
      try waitUntil("it is stopped") { state(of: child) == "T" }
      #expect(try !child.hasEnded())
      child.continueGroup()
      try waitUntil("it is continued") { state(of: child) == "S" }
    }

    /// The letter of a child's state.
    private func state(of child: ChildProcess) -> Character? {
      // The command, in parentheses, is `sleep`.
      FileTree.machine.text("proc/\(child.identifier)/stat")?.split(separator: " ")[2].first
    }
  #endif

  @Test("a running child has not ended")
  func running() throws {
    let child = try sleeper()
    #expect(try !child.hasEnded())
    child.killGroup()
    #expect(try child.reap().status == .signaled(SIGKILL))
  }

  @Test("a child is reaped once")
  func reapedOnce() throws {
    let child = try sleeper()
    end(child)
    let error = SystemError(operation: "wait for process", subject: "\(child.identifier)", code: ECHILD)
    #expect(throws: error) { try child.reap() }
  }

  @Test(
    "starting a missing executable is an error",
    .disabled(if: Sanitizer.isThread, "its vfork is a fork, whose child cannot tell why it executed nothing"))
  func missingExecutable() throws {
    let pipe = try Pipe()
    #expect(throws: SystemError(operation: "start", subject: "/nonexistent/program", code: ENOENT)) {
      try ChildProcess.spawn("/nonexistent/program", [], output: pipe.writer, error: pipe.writer)
    }
  }

  @Test(
    "starting a file that is not executable is an error",
    .disabled(if: Sanitizer.isThread, "its vfork is a fork, whose child cannot tell why it executed nothing"))
  func noExecutable() throws {
    let (folder, pipe) = (try TemporaryFolder(), try Pipe())
    let path = try folder.write("text", "hello")
    #expect(throws: SystemError(operation: "start", subject: path, code: EACCES)) {
      try ChildProcess.spawn(path, [], output: pipe.writer, error: pipe.writer)
    }
  }

  @Test("signals that this process ignores or blocks have their defaults in a child")
  func signalDefaults() async {
    await #expect(processExitsWith: .success) {
      signal(SIGTERM, SIG_IGN)
      var blocked = sigset_t()
      sigemptyset(&blocked)
      sigaddset(&blocked, SIGTERM)
      sigprocmask(SIG_BLOCK, &blocked, nil)
      let pipe = try Pipe()
      let child = try ChildProcess.spawn("/bin/sleep", ["1000"], output: pipe.writer, error: pipe.writer)
      CPlatform.kill(child.identifier, SIGTERM)
      #expect(try child.reap().status == .signaled(SIGTERM))
    }
  }

  @Test("a child inherits the environment, except the variables that are withheld")
  func environment() throws {
    func names(_ withheld: [String]) throws -> Set<Substring> {
      let (child, output, _) = try start("/usr/bin/env", [], withholding: VariableNames(withheld))
      let text = try output.readText()
      _ = try child.reap()
      return Set(text.split(separator: "\n").compactMap { $0.split(separator: "=").first })
    }
    let all = try names([])
    try #require(all.contains("PATH"))
    #expect(try names(["PATH"]) == all.subtracting(["PATH"]))
    #expect(try names(["PAT", "PATHS", "ATH", ""]) == all)
    #expect(try !names(["PA*"]).contains("PATH"))
    #expect(VariableNames(["PATH", "NO_SUCH_VARIABLE"]).found() == ["PATH"])
    #expect(VariableNames(["*"]).found().count >= all.count)
  }

  @Test("the usage of a child is the kernel's accounting")
  func usage() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("zeros", String(repeating: "0", count: 1 << 21))
    let usage = try run("/bin/cat", [path]).ended.usage
    #expect(usage.userTime + usage.systemTime > 0)
    #expect(usage.minorPageFaults > 0)
  }

  @Test("an exit status reads as a phrase")
  func descriptions() {
    #expect("\(ExitStatus.exited(3))" == "exited with status 3")
    #expect("\(ExitStatus.signaled(9))" == "was killed by SIGKILL")
  }

  @Test("a signal has a name, and an exit has none")
  func signalNames() {
    #expect(ExitStatus.signaled(SIGKILL).signalName == "SIGKILL")
    #expect(ExitStatus.signaled(SIGSEGV).signalName == "SIGSEGV")
    #expect(ExitStatus.signaled(120).signalName == "signal 120")
    #expect(ExitStatus.exited(9).signalName == nil)
  }

  @Test("a child bound to a CPU may use that CPU only", .enabled(if: Processor.canBind))
  func bound() throws {
    let allowed = try #require(AllowedCPUs.online())
    let last = try #require(allowed.last)
    let line = ["-c", "while read -r name value; do [ $name = Cpus_allowed_list: ] && echo $value; done"]
    let script = [line[0], "\(line[1]) </proc/self/status; true"]
    #expect(try run("/bin/sh", script, on: [last]).output == "\(last)\n")
    #expect(AllowedCPUs.online() == allowed, "this process is not bound")
    #expect(throws: SystemError.self) { try run("/bin/sh", script, on: [4095]) }
  }

  private func run(
    _ executable: String, _ arguments: [String], on cpus: [Int] = []
  ) throws -> (output: String, error: String, ended: ChildProcess.Ended) {
    let (child, output, error) = try start(executable, arguments, on: cpus)
    // What these children write to one of the two fits into a pipe, so that one can be read after the other.
    let texts = (try output.readText(), try error.readText())
    return (texts.0, texts.1, try child.reap())
  }

  private func start(
    _ executable: String, _ arguments: [String], withholding withheld: VariableNames = .none,
    on cpus: [Int] = []
  ) throws -> (ChildProcess, output: Descriptor, error: Descriptor) {
    let (output, error) = (try Pipe(), try Pipe())
    let child = try ChildProcess.spawn(
      executable, arguments, withholding: withheld, on: cpus, output: output.writer, error: error.writer)
    return (child, output.reader, error.reader)
  }

  /// A child that runs until it is killed.
  private func sleeper() throws -> ChildProcess {
    try start("/bin/sleep", ["1000"]).0
  }

  private func end(_ child: ChildProcess) {
    child.killGroup()
    _ = try? child.reap()
  }
}
