import ModelKit
import TestSupport
import Testing

@testable import ForkedProcesses

/// Random bytes in place of a worker's reports.
@Suite("Fuzzed reports of workers", .timeLimit(.minutes(10)))
struct FuzzTests {
  private static let size = 64
  private static let guardSize = 256

  @Test("fuzzed reports end, and write nothing outside their slot")
  func reports() throws {
    let slot = [ReportKind.slot] + (0..<UInt8(Self.size))
    let chunk = [ReportKind.chunk] + [UInt8](repeating: 7, count: 16)
    var fuzz = Fuzz(bytes: [slot, chunk + slot, chunk + chunk + chunk + slot], seed: 8)
    var generator = SplitMix64(seed: 9)
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: Self.size + 2 * Self.guardSize, alignment: 128)
    defer { memory.deallocate() }
    var ends: [ReportReceiver.Piece.State: Int] = [:]
    for _ in 0..<15_000 * Fuzz.factor {
      memory.initializeMemory(as: UInt8.self, repeating: 0xEE)
      let inner = UnsafeMutableRawBufferPointer(
        rebasing: memory[Self.guardSize..<Self.guardSize + Self.size])
      // At most what a pipe holds: nobody reads while the test writes.
      let message = fuzz.next().prefix(4096)
      ends[try end(of: Array(message), in: inner, &generator), default: 0] += 1
      let isIntact = zip(memory.indices, memory).allSatisfy { place, byte in
        byte == 0xEE || (Self.guardSize..<Self.guardSize + Self.size).contains(place)
      }
      #expect(isIntact)
    }
    #expect(ends.keys.count == 3 && ends[.open] == nil, "every kind of end must occur: \(ends)")
  }

  /// The state at the end of a message that arrives in random pieces.
  private func end(
    of message: [UInt8], in slot: UnsafeMutableRawBufferPointer, _ generator: inout SplitMix64
  ) throws -> ReportReceiver.Piece.State {
    var pipe: Pipe? = try Pipe()
    let reader = try #require(pipe).reader
    var receiver = ReportReceiver(slot: slot)
    var (rest, results) = (message[...], 0)
    while true {
      if rest.isEmpty {
        pipe = nil
      } else {
        let count = Int.random(in: 1...rest.count, using: &generator)
        try pipe?.writer.write(Array(rest.prefix(count)))
        rest = rest.dropFirst(count)
      }
      let piece = try receiver.receive(from: reader)
      results += piece.results.count
      #expect(results * 17 <= message.count)
      if piece.state != .open { return piece.state }
    }
  }
}
