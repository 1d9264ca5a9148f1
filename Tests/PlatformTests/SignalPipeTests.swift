import CPlatform
import Testing

@testable import Platform

/// One process has one set of signal handlers, and other tests have children: each test has a process to itself.
struct SignalPipeTests {
  @Test("signals arrive in order, each once")
  func order() async {
    await #expect(processExitsWith: .success) {
      let signals = try SignalPipe([SIGUSR1, SIGHUP])
      #expect(signals.take() == [])
      #expect(try poll([signals.descriptor], for: 0) == [])
      for number in [SIGUSR1, SIGHUP, SIGUSR1] {
        kill(getpid(), number)
        try waitForInput(signals.descriptor)
        #expect(signals.take() == [number])
      }
      kill(getpid(), SIGHUP)
      try waitForInput(signals.descriptor)
      #expect(signals.take() == [SIGHUP])
      #expect(signals.take() == [])
    }
  }

  @Test("every request to end is caught")
  func endRequests() async {
    await #expect(processExitsWith: .success) {
      let signals = try SignalPipe(SignalPipe.endRequests)
      for number in [SIGINT, SIGTERM, SIGHUP] {
        kill(getpid(), number)
        try waitForInput(signals.descriptor)
        #expect(signals.take() == [number])
      }
    }
  }

  @Test("the end of a child arrives as a signal")
  func childEnded() async {
    await #expect(processExitsWith: .success) {
      let signals = try SignalPipe([SignalPipe.childEnded])
      let output = try Pipe()
      let child = try ChildProcess.spawn("/usr/bin/false", [], output: output.writer, error: output.writer)
      try waitForInput(signals.descriptor)
      #expect(signals.take() == [SIGCHLD])
      #expect(try child.reap().status == .exited(1))
    }
  }

  @Test("more signals than the pipe's buffer do no harm")
  func flood() async {
    await #expect(processExitsWith: .success) {
      unblock(SIGUSR1)
      let signals = try SignalPipe([SIGUSR1])
      for _ in 0..<70_000 { raise(SIGUSR1) }
      var taken = 0
      while true {
        let numbers = signals.take()
        if numbers.isEmpty { break }
        #expect(numbers.allSatisfy { $0 == SIGUSR1 })
        taken += numbers.count
      }
      #expect(taken > 0 && taken <= 70_000)
      raise(SIGUSR1)
      #expect(signals.take() == [SIGUSR1])
    }
  }

  @Test("closing the pipe restores the default actions")
  func restored() async {
    await #expect(processExitsWith: .signal(SIGUSR1)) {
      unblock(SIGUSR1)
      var signals: SignalPipe? = try SignalPipe([SIGUSR1])
      raise(SIGUSR1)
      #expect(signals?.take() == [SIGUSR1])
      signals = nil
      raise(SIGUSR1)
    }
  }

  @Test("a request to end that nobody took ends the program when the pipe is closed")
  func untaken() async {
    await #expect(processExitsWith: .signal(SIGINT)) {
      unblock(SIGINT)
      var signals: SignalPipe? = try SignalPipe(SignalPipe.endRequests)
      raise(SIGINT)
      #expect(signals?.descriptor != nil)
      signals = nil
    }
  }

  @Test("a second pipe takes the signals over, and keeps them after the first is closed")
  func takenOver() async {
    await #expect(processExitsWith: .success) {
      unblock(SIGUSR1)
      var first: SignalPipe? = try SignalPipe([SIGUSR1])
      let second = try SignalPipe([SIGUSR1])
      raise(SIGUSR1)
      #expect(first?.take() == [])
      #expect(second.take() == [SIGUSR1])
      first = nil
      raise(SIGUSR1)
      #expect(second.take() == [SIGUSR1])
    }
  }

  @Test("SIGKILL cannot be caught")
  func uncatchable() async {
    await #expect(processExitsWith: .success) {
      #expect(throws: SystemError(operation: "catch signals", code: EINVAL)) { try SignalPipe([SIGKILL]) }
    }
  }
}

/// Waits until a descriptor can be read; a signal on the way is no reason to stop.
func waitForInput(_ descriptor: Descriptor) throws {
  while try poll([descriptor]).isEmpty {}
}

/// Lets a signal that is raised arrive in the calling thread at once; threads of Dispatch keep signals off.
func unblock(_ number: Int32) {
  var signals = sigset_t()
  sigemptyset(&signals)
  sigaddset(&signals, number)
  pthread_sigmask(SIG_UNBLOCK, &signals, nil)
}
