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

/// `fork` wants a process of its own: an exit test has one.
struct ForkTests {
  @Test("A forked child has what its parent had, and changes none of it")
  func memory() async {
    await #expect(processExitsWith: .success) {
      let pipe = try Pipe()
      var numbers = [1, 2, 3]
      guard let child = try ChildProcess.fork() else {
        numbers[0] = 10
        try? numbers.withUnsafeBytes { try pipe.writer.write(all: $0) }
        ChildProcess.exitImmediately(7)
      }
      var received = [0, 0, 0]
      let count = try received.withUnsafeMutableBytes { try pipe.reader.read(into: $0) }
      #expect(count == 3 * MemoryLayout<Int>.size)
      #expect(received == [10, 2, 3])
      #expect(numbers == [1, 2, 3])
      #expect(try child.reap().status == .exited(7))
    }
  }

  @Test("A forked child closes all that it does not keep, also where no system call closes a range")
  func closing() async {
    await #expect(processExitsWith: .success) {
      let pipes = try (0..<20).map { _ in try Pipe() }
      let kept = pipes[7].writer
      guard let child = try ChildProcess.fork() else {
        scaleup_close_each(3, kept.number - 1)
        scaleup_close_each(kept.number + 1, .max)
        let open = (0..<4096).filter { fcntl($0, F_GETFD) != -1 }
        ChildProcess.exitImmediately(open == [0, 1, 2, kept.number] ? 0 : 1)
      }
      #expect(try child.reap().status == .exited(0))
      withExtendedLifetime(pipes) {}
    }
  }

  @Test("A forked child can be killed")
  func kill() async {
    await #expect(processExitsWith: .success) {
      guard let child = try ChildProcess.fork() else {
        while true { pause() }
      }
      child.kill()
      #expect(try child.reap().status == .signaled(SIGKILL))
    }
  }

  #if os(Linux)
    @Test("A forked child does not outlive its parent")
    func orphan() async {
      await #expect(processExitsWith: .success) {
        var pipe: Pipe? = try Pipe()
        guard let parent = try ChildProcess.fork() else {
          guard try ChildProcess.fork() != nil else {
            // The pipe does not end as long as this process lives, which is not for ever even if the test fails.
            unblock(SIGALRM)
            alarm(60)
            if let writer = pipe?.writer { try [1].withUnsafeBytes { try writer.write(all: $0) } }
            while true { pause() }
          }
          // It must be running when its parent ends.
          if let reader = pipe?.reader { _ = try poll([reader]) }
          ChildProcess.exitImmediately(0)
        }
        #expect(try parent.reap().status == .exited(0))
        let reader = try #require(pipe).reader
        pipe = nil
        var bytes = [UInt8](repeating: 0, count: 100)
        #expect(try bytes.withUnsafeMutableBytes { try reader.read(into: $0) } == MemoryLayout<Int>.size)
        try #require(try poll([reader], for: 20_000_000_000) == [0], "it is still running")
        #expect(try bytes.withUnsafeMutableBytes { try reader.read(into: $0) } == 0)
      }
    }
  #endif
}
