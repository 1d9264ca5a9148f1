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

/// Standard streams belong to the process: each test has one to itself.
struct StandardStreamTests {
  #if os(Linux)
    @Test("what a terminal that is not read has no room for is dropped, and its mode stays as it was")
    func unreadTerminal() async {
      await #expect(processExitsWith: .success) {
        limitTime()
        let terminal = try TerminalPair()
        terminal.fill()
        replace(.error, by: open(terminal.device, O_RDWR | O_NOCTTY)) {
          let count = StandardStream.error.offer(String(repeating: "x", count: 100_000))
          #expect(count > 0 && count < 100_000)
          #expect(StandardStream.error.offer("more", within: 20_000_000) < 4)
          #expect(fcntl(2, F_GETFL) & O_NONBLOCK == 0)
        }
      }
    }

    @Test("a signal ends a write that a terminal does not accept")
    func signalEndsWrite() async {
      await #expect(processExitsWith: .success) {
        limitTime()
        let terminal = try TerminalPair()
        terminal.fill()
        let signals = try SignalPipe([SIGTERM, SIGUSR1])
        raise(SIGUSR1)
        raise(SIGTERM)
        try replace(.output, by: open(terminal.device, O_RDWR | O_NOCTTY)) {
          let text = String(repeating: "x", count: 100_000)
          let signal = try StandardStream.output.write(text, orSignalOf: signals)
          #expect(signal == SIGTERM)
        }
      }
    }
  #endif

  @Test("what a pipe that is not read has no room for is dropped")
  func unreadPipe() async {
    await #expect(processExitsWith: .success) {
      limitTime()
      let pipe = try Pipe()
      try replace(.error, by: dup(pipe.writer.number)) {
        let count = StandardStream.error.offer(String(repeating: "x", count: 10_000_000))
        let arrived = try pipe.reader.read(atMost: 10_000_000)
        #expect(count > 0 && count < 10_000_000 && arrived.count == count)
      }
    }
  }

  @Test("a text for a stream with room is written whole")
  func whole() async {
    await #expect(processExitsWith: .success) {
      limitTime()
      let (pipe, signals) = (try Pipe(), try SignalPipe([SIGTERM]))
      try replace(.error, by: dup(pipe.writer.number)) {
        let text = String(repeating: "x", count: 3000)
        #expect(StandardStream.error.offer(text) == 3000)
        let signal = try StandardStream.error.write(text, orSignalOf: signals)
        let arrived = try pipe.reader.read(atMost: 10_000)
        #expect(signal == nil && arrived.count == 6000)
      }
    }
  }
}

/// Makes a descriptor a standard stream of this process while `body` runs, and closes it.
private func replace(_ stream: StandardStream, by number: Int32, _ body: () throws -> Void) rethrows {
  let own = dup(stream.rawValue)
  #expect(dup2(number, stream.rawValue) == stream.rawValue)
  close(number)
  defer {
    dup2(own, stream.rawValue)
    close(own)
  }
  try body()
}

/// Ends this process by a signal after a minute: a test that blocks fails.
private func limitTime() {
  unblock(SIGALRM)
  alarm(60)
}
