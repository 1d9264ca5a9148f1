import CPlatform
import Testing

@testable import Platform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The end of children with their parent, on a system whose kernel does not kill them.
/// An exit test has a process of its own.
struct ParentDeathTests {
  @Test("a forked worker that computes ends soon after its parent was killed, even if alarms were blocked")
  func watching() async {
    await #expect(processExitsWith: .success) {
      var pipe: Pipe? = try Pipe()
      let parent = try forkParent {
        var alarms = sigset_t()
        sigemptyset(&alarms)
        sigaddset(&alarms, SIGALRM)
        sigprocmask(SIG_BLOCK, &alarms, nil)
        let child = scaleup_fork_watching()
        if child == 0 { while true { continue } }
        try pipe?.send(child)
      }
      try expectEnd(of: try #require(try pipe?.receive()), after: parent, holding: &pipe)
    }
  }

  @Test("a spawned program ends with its parent, killed at that moment, and so does what it has started")
  func guarded() async {
    await #expect(processExitsWith: .success) {
      for _ in 0..<20 {
        let started = try Pipe()
        var pipe: Pipe? = try Pipe()
        let parent = try forkParent {
          let command = "sleep 1000 & echo $$ >&2; wait"
          _ = try spawnGuarded(command, output: try #require(pipe), error: started)
        }
        let line = String(decoding: try started.reader.read(atMost: 100), as: UTF8.self)
        let child = try #require(pid_t(line.dropLast()))
        try expectEnd(of: -child, after: parent, holding: &pipe)
      }
    }
  }

  @Test("programs started one after the other all end with their parent")
  func several() async {
    await #expect(processExitsWith: .success) {
      let left = try Pipe()
      for _ in 0..<3 {
        var pipe: Pipe? = try Pipe()
        let parent = try forkParent {
          for _ in 0..<20 { _ = try spawnGuarded("sleep 1000", output: try #require(pipe), error: left) }
          try pipe?.send(0)
        }
        _ = try #require(try pipe?.receive())
        try expectEnd(of: nil, after: parent, holding: &pipe)
      }
    }
  }

  @Test("a program that cannot be executed is an error and leaves no process")
  func missing() async {
    await #expect(processExitsWith: .success) {
      let pipe = try Pipe()
      var (child, information): (pid_t, siginfo_t) = (0, siginfo_t())
      for (path, code) in [("/nonexistent", ENOENT), ("/", EACCES)] {
        #expect(spawnGuarded(&child, path, [], output: pipe, error: pipe) == code)
        #expect(waitid(P_PID, id_t(child), &information, WEXITED) == -1 && scaleup_errno() == ECHILD)
      }
    }
  }

  @Test("what a reaped program has left behind is left alone, because its group may be another's by then")
  func dismissed() async {
    await #expect(processExitsWith: .success) {
      let left = try Pipe()
      var pipe: Pipe? = try Pipe()
      let parent = try forkParent {
        let ended = try spawnGuarded("sleep 1000 &", output: left, error: left)
        var (status, usage): (Int32, rusage) = (0, rusage())
        _ = try system("reap") { scaleup_reap(ended, &status, &usage) }
        // It is guarded after the other, so that the other would be killed before it.
        _ = try spawnGuarded("sleep 1000", output: try #require(pipe), error: left)
        try pipe?.send(ended)
      }
      let group = try #require(try pipe?.receive())
      try expectEnd(of: nil, after: parent, holding: &pipe)
      #expect(kill(-group, SIGKILL) == 0, "it was killed")
    }
  }

  @Test("a process whose guardian was killed can still start and reap programs")
  func killedGuardian() async {
    await #expect(processExitsWith: .success) {
      let pipe = try Pipe()
      /// Kills a process or, if it is negative, a group, and reaps the process or the group's leader.
      func end(_ target: pid_t) throws {
        #expect(kill(target, SIGKILL) == 0)
        let process = ChildProcess(identifier: abs(target), startTime: 0)
        #expect(try process.reap().status == .signaled(SIGKILL))
      }
      let first = try spawnGuarded("sleep 1000", output: pipe, error: pipe)
      let guardian = scaleup_guardian()
      try #require(guardian > 0 && guardian != first)
      try end(guardian)
      try end(-first)
      try end(-(try spawnGuarded("sleep 1000", output: pipe, error: pipe)))
    }
  }
}

/// Forks a process that runs the body and then does nothing until it is killed.
private func forkParent(_ body: () throws -> Void) throws -> ChildProcess {
  if let parent = try ChildProcess.fork() { return parent }
  do { try body() } catch { ChildProcess.exitImmediately(2) }
  while true { pause() }
}

/// Starts a shell with a command as on a system without a signal at a parent's death.
private func spawnGuarded(_ command: String, output: Pipe, error: Pipe) throws -> pid_t {
  var child: pid_t = 0
  let code = spawnGuarded(&child, "/bin/sh", ["/bin/sh", "-c", command], output: output, error: error)
  if code != 0 { throw SystemError(operation: "start", code: code) }
  return child
}

private func spawnGuarded(
  _ child: inout pid_t, _ path: String, _ words: [String], output: Pipe, error: Pipe
) -> Int32 {
  let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
  let environment: [UnsafeMutablePointer<CChar>?] = [nil]
  defer { arguments.forEach { free($0) } }
  return path.withCString { path in
    arguments.withUnsafeBufferPointer { arguments in
      environment.withUnsafeBufferPointer { environment in
        guard let words = arguments.baseAddress, let variables = environment.baseAddress else {
          return EINVAL
        }
        var program = scaleup_program(
          path: path, arguments: words, environment: variables, directory: nil, input: -1,
          output: output.writer.number, error: error.writer.number, cpus: nil, cpu_count: 0,
          leads_session: false)
        return scaleup_spawn_guarded(&child, &program)
      }
    }
  }
}

/// Kills a parent, and expects that no other process has the pipe for writing any more, sooner or later.
///
/// - Parameters:
///   - target: The process, or the negative of a group, to kill if it does not end.
///   - pipe: The pipe; this process then has its reading end only.
private func expectEnd(of target: pid_t?, after parent: ChildProcess, holding pipe: inout Pipe?) throws {
  let reader = try #require(pipe).reader
  pipe = nil
  parent.kill()
  #expect(try parent.reap().status == .signaled(SIGKILL))
  let hasEnded = try poll([reader], for: 60_000_000_000) == [0]
  if !hasEnded, let target { kill(target, SIGKILL) }
  try #require(hasEnded, "it outlives its parent")
  #expect(try reader.read(atMost: 1) == [])
}

extension Pipe {
  fileprivate func send(_ number: pid_t) throws {
    try withUnsafeBytes(of: number) { try writer.write(all: $0) }
  }

  fileprivate func receive() throws -> pid_t {
    var number: pid_t = 0
    let count = try withUnsafeMutableBytes(of: &number) { try reader.read(into: $0) }
    try #require(count == MemoryLayout<pid_t>.size, "the parent has failed")
    return number
  }
}
