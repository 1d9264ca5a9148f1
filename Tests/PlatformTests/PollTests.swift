import Testing

@testable import Platform

struct PollTests {
  @Test("poll returns the positions of the readable descriptors")
  func positions() throws {
    let pipes = try (0..<5).map { _ in try Pipe() }
    // Without their writers, which nothing else uses any more, all streams would have ended.
    defer { withExtendedLifetime(pipes) {} }
    for position in [1, 4] { try fill(pipes[position]) }
    #expect(try poll(pipes.map(\.reader)) == [1, 4])
    #expect(try poll(pipes.reversed().map(\.reader)) == [0, 3])
  }

  @Test("a stream at its end is readable")
  func ended() throws {
    let readers = try (0..<2).map { _ in try Pipe().reader }
    #expect(try poll(readers) == [0, 1])
  }

  @Test("poll returns nothing at the time limit", arguments: [0, 1, 1_000_000] as [UInt64])
  func timeout(nanoseconds: UInt64) throws {
    let pipe = try Pipe()
    defer { withExtendedLifetime(pipe) {} }
    let start = Clock.monotonic.now()
    #expect(try poll([pipe.reader], for: nanoseconds) == [])
    #expect(Clock.monotonic.now() - start >= nanoseconds)
  }

  @Test("poll without descriptors sleeps")
  func none() throws {
    #expect(try poll([], for: 1_000_000) == [])
  }

  @Test("any time limit is valid, up to the largest", arguments: [.max, .max - 999_999, 1 << 62] as [UInt64])
  func longTimes(nanoseconds: UInt64) throws {
    let pipe = try Pipe()
    try fill(pipe)
    #expect(try poll([pipe.reader], for: nanoseconds) == [0])
  }

  @Test("hundreds of descriptors are reserved, opened and polled")
  func manyDescriptors() throws {
    reserveDescriptors(800)
    let pipes = try (0..<400).map { _ in try Pipe() }
    defer { withExtendedLifetime(pipes) {} }
    try fill(pipes[399])
    #expect(try poll(pipes.map(\.reader)) == [399])
  }

  private func fill(_ pipe: Pipe) throws {
    try [1].withUnsafeBytes { try pipe.writer.write(all: $0) }
  }
}
