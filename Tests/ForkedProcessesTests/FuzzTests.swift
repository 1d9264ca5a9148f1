import ModelKit
import TestSupport
import Testing

@testable import ForkedProcesses

/// Whatever a worker sends is taken, or found to be no report: nothing is written beside its slot, and the parent never
/// waits for what has come already.
@Suite("Fuzzed reports of workers", .timeLimit(.minutes(10)))
struct FuzzTests {
  private static let size = 64
  private static let guardSize = 256

  @Test("end, and keep to their slot")
  func reports() throws {
    let slot = [WorkerBody.Notice.slot] + (0..<UInt8(Self.size))
    let chunk = [WorkerBody.Notice.chunk] + [UInt8](repeating: 7, count: 16)
    var fuzz = Fuzz(bytes: [slot, chunk + slot, chunk + chunk + chunk + slot], seed: 8)
    var generator = SplitMix64(seed: 9)
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: Self.size + 2 * Self.guardSize, alignment: 128)
    defer { memory.deallocate() }
    var ends: [ReportReceiver.Piece.End: Int] = [:]
    for _ in 0..<15_000 * Fuzz.factor {
      memory.initializeMemory(as: UInt8.self, repeating: 0xEE)
      let inner = UnsafeMutableRawBufferPointer(
        rebasing: memory[Self.guardSize..<Self.guardSize + Self.size])
      // What fits into a pipe that nobody reads meanwhile.
      let message = fuzz.next().prefix(4096)
      ends[try end(of: Array(message), in: inner, &generator), default: 0] += 1
      let isIntact = zip(memory.indices, memory).allSatisfy { place, byte in
        byte == 0xEE || (Self.guardSize..<Self.guardSize + Self.size).contains(place)
      }
      #expect(isIntact)
    }
    #expect(ends.keys.count == 3 && ends[.open] == nil, "the reports are no mixture any more: \(ends)")
  }

  /// How a message ends that comes in pieces.
  private func end(
    of message: [UInt8], in slot: UnsafeMutableRawBufferPointer, _ generator: inout SplitMix64
  ) throws -> ReportReceiver.Piece.End {
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
      if piece.end != .open { return piece.end }
    }
  }
}
