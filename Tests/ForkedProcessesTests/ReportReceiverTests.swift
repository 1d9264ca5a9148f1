import ModelKit
import TestSupport
import Testing

@testable import ForkedProcesses

/// The parent's end of a report pipe, into which the test writes in pieces of every size.
@Suite struct ReportReceiverTests {
  private typealias Piece = ReportReceiver.Piece
  private static let size = 4096

  private func emptySlot() -> UnsafeMutableRawBufferPointer {
    let slot = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.size, alignment: 128)
    slot.initializeMemory(as: UInt8.self, repeating: 0xEE)
    return slot
  }

  private func slotReport(_ seed: Int) -> [UInt8] {
    [ReportKind.slot] + (0..<Self.size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ seed) }
  }

  private func chunkReport(_ result: UInt128) -> [UInt8] {
    [ReportKind.chunk] + withUnsafeBytes(of: result, Array.init)
  }

  @Test("a slot arrives whole in pieces of any size", arguments: [1, 7, 100, 1000, 4095, 4096, 4097])
  func slot(piece: Int) throws {
    let pipe = try Pipe()
    let slot = emptySlot()
    defer { slot.deallocate() }
    let message = slotReport(piece)
    var receiver = ReportReceiver(slot: slot)
    var rest = message[...]
    while !rest.isEmpty {
      try pipe.writer.write(Array(rest.prefix(piece)))
      rest = rest.dropFirst(piece)
      #expect(try receiver.receive(from: pipe.reader) == Piece(state: rest.isEmpty ? .complete : .open))
    }
    #expect(Array(slot) == Array(message.dropFirst()))
  }

  @Test("a pipe that ends before the slot is filled is closed, not complete", arguments: [0, 1, 64, 4095])
  func earlyEnd(sent: Int) throws {
    var pipe: Pipe? = try Pipe()
    let slot = emptySlot()
    defer { slot.deallocate() }
    let reader = try #require(pipe).reader
    try #require(pipe).writer.write(Array(slotReport(0).prefix(sent)))
    pipe = nil
    var receiver = ReportReceiver(slot: slot)
    if sent > 0 { #expect(try receiver.receive(from: reader) == Piece()) }
    #expect(try receiver.receive(from: reader) == Piece(state: .closed))
  }

  @Test("results of chunks and the slot after them arrive in pieces of any size")
  func chunksAndSlot() throws {
    var generator = SplitMix64(seed: 7)
    for _ in 0..<100 {
      let pipe = try Pipe()
      let slot = emptySlot()
      defer { slot.deallocate() }
      let count = Int.random(in: 0...20, using: &generator)
      let sent = (0..<count).map { _ in UInt128(generator.next()) << 64 | UInt128(generator.next()) }
      let seed = Int.random(in: 0...255, using: &generator)
      let message = sent.flatMap(chunkReport) + slotReport(seed)
      var rest = message[...]
      var receiver = ReportReceiver(slot: slot)
      var (results, state) = ([] as [UInt128], Piece.State.open)
      while state == .open, !rest.isEmpty {
        let piece = Int.random(in: 1...200, using: &generator)
        try pipe.writer.write(Array(rest.prefix(piece)))
        rest = rest.dropFirst(piece)
        let received = try receiver.receive(from: pipe.reader)
        results += received.results
        state = received.state
      }
      #expect(results == sent && state == .complete && rest.isEmpty)
      #expect(Array(slot) == Array(slotReport(seed).dropFirst()))
    }
  }

  @Test("a result in two pieces counts when it is whole")
  func splitResult() throws {
    let pipe = try Pipe()
    let slot = emptySlot()
    defer { slot.deallocate() }
    let report = chunkReport(.max - 5)
    var receiver = ReportReceiver(slot: slot)
    for cut in 1...16 {
      try pipe.writer.write(Array(report.prefix(cut)))
      #expect(try receiver.receive(from: pipe.reader) == Piece())
      try pipe.writer.write(Array(report.dropFirst(cut)))
      #expect(try receiver.receive(from: pipe.reader) == Piece(results: [.max - 5]))
    }
  }

  @Test("bytes that are no report are malformed", arguments: [0, 3, 255] as [UInt8])
  func malformed(byte: UInt8) throws {
    let pipe = try Pipe()
    let slot = emptySlot()
    defer { slot.deallocate() }
    try pipe.writer.write(chunkReport(4) + [byte])
    var receiver = ReportReceiver(slot: slot)
    #expect(try receiver.receive(from: pipe.reader) == Piece(results: [4], state: .malformed))
  }
}
