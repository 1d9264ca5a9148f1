import CPlatform
import Dispatch
import Synchronization
import Testing

@testable import Platform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

struct InterruptedCallTests {
  @Test("a call interrupted by signals is repeated until it returns")
  func repeated() throws {
    var calls = 0
    let answer = try system("try") { () -> Int in
      calls += 1
      errno = EINTR
      return calls < 5 ? -1 : 42
    }
    #expect(answer == 42)
    #expect(calls == 5)
  }

  @Test("a failed call is not repeated")
  func failed() {
    var calls = 0
    #expect(throws: SystemError(operation: "try", subject: "it", code: ENOSPC)) {
      try system("try", "it") { () -> Int32 in
        calls += 1
        errno = ENOSPC
        return -1
      }
    }
    #expect(calls == 1)
  }

  @Test("a negative result other than -1 is a result")
  func negativeAnswers() throws {
    #expect(try system("try") { -2 } == -2)
  }

  @Test("a write broken up by signals arrives whole and in order")
  func brokenWrites() async {
    await #expect(processExitsWith: .success) {
      unblock(SIGUSR1)
      let signals = try SignalPipe([SIGUSR1])
      let pipe = try Pipe()
      let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
      let writer = pthread_self()
      let reading = DispatchGroup()
      let received = Mutex<[UInt8]>([])
      DispatchQueue(label: "reader").async(group: reading) {
        var (all, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 5000))
        while all.count < bytes.count {
          guard let count = try? buffer.withUnsafeMutableBytes({ try pipe.reader.read(into: $0) }) else {
            return
          }
          all += buffer[..<count]
          // The writer is in its write, or waits below; in either it can be interrupted.
          pthread_kill(writer, SIGUSR1)
        }
        received.withLock { $0 = all }
      }
      try bytes.withUnsafeBytes { try pipe.writer.write(all: $0) }
      reading.wait()
      #expect(received.withLock { $0 } == bytes)
      #expect(signals.take().first == SIGUSR1)
    }
  }
}
