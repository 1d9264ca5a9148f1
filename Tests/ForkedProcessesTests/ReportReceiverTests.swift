import ModelKit
import Testing

@testable import ForkedProcesses

/// The parent's side of a worker's pipe, with a worker that writes in whatever pieces it likes.
@Suite struct ReportReceiverTests {
  private static let size = 4096

  private func slot() -> UnsafeMutableRawBufferPointer {
    let slot = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.size, alignment: 128)
    slot.initializeMemory(as: UInt8.self, repeating: 0xEE)
    return slot
  }

  private func message(_ seed: Int) -> [UInt8] {
    [WorkerBody.Notice.slotFollows] + (0..<Self.size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ seed) }
  }

  @Test(arguments: [1, 7, 100, 1000, 4095, 4096, 4097])
  func `a slot arrives whole whatever the pieces are`(piece: Int) throws {
    let pipe = try Pipe()
    let slot = slot()
    defer { slot.deallocate() }
    let message = message(piece)
    var receiver = ReportReceiver(worker: 3, reader: pipe.reader)
    var rest = message[...]
    var progress = ReportReceiver.Progress()
    while !rest.isEmpty {
      try pipe.writer.write(Array(rest.prefix(piece)))
      rest = rest.dropFirst(piece)
      progress = try receiver.receive(into: slot)
      #expect(progress == .init(isSlotComplete: rest.isEmpty) || rest.isEmpty && progress == .init())
    }
    // Of a piece that is larger than the slot, the end is read after the rest.
    if !progress.isSlotComplete { progress = try receiver.receive(into: slot) }
    #expect(progress == .init(isSlotComplete: true))
    #expect(Array(slot) == Array(message.dropFirst()))
  }

  @Test(arguments: [0, 1, 64, 4095])
  func `a pipe that ends before the slot is whole is noticed`(sent: Int) throws {
    var pipe: Pipe? = try Pipe()
    let slot = slot()
    defer { slot.deallocate() }
    let reader = try #require(pipe).reader
    try #require(pipe).writer.write(Array(message(0).prefix(sent)))
    pipe = nil
    var receiver = ReportReceiver(worker: 0, reader: reader)
    if sent > 0 {
      let progress = try receiver.receive(into: slot)
      #expect(progress == .init())
    }
    let progress = try receiver.receive(into: slot)
    #expect(progress == .init(isEnded: true))
  }

  @Test func `notices of chunks that are done come before the slot, in one piece or in several`() throws {
    let pipe = try Pipe()
    let slot = slot()
    defer { slot.deallocate() }
    var receiver = ReportReceiver(worker: 0, reader: pipe.reader)
    let done = WorkerBody.Notice.chunkDone
    try pipe.writer.write([done])
    #expect(try receiver.receive(into: slot) == .init(chunksDone: 1))
    try pipe.writer.write([done, done, done])
    #expect(try receiver.receive(into: slot) == .init(chunksDone: 3))
    try pipe.writer.write([done, done] + message(9).prefix(11))
    #expect(try receiver.receive(into: slot) == .init(chunksDone: 2))
    try pipe.writer.write(Array(message(9).dropFirst(11)))
    #expect(try receiver.receive(into: slot) == .init(isSlotComplete: true))
    #expect(Array(slot) == Array(message(9).dropFirst()))
  }

  @Test(arguments: [0, 3, 255] as [UInt8])
  func `what no worker says ends the worker`(byte: UInt8) throws {
    let pipe = try Pipe()
    let slot = slot()
    defer { slot.deallocate() }
    try pipe.writer.write([WorkerBody.Notice.chunkDone, byte])
    var receiver = ReportReceiver(worker: 0, reader: pipe.reader)
    #expect(try receiver.receive(into: slot) == .init(chunksDone: 1, isEnded: true))
  }

  @Test func `what comes behind the slot is left in the pipe`() throws {
    let pipe = try Pipe()
    let slot = slot()
    defer { slot.deallocate() }
    try pipe.writer.write(message(5) + [1, 2, 3])
    var receiver = ReportReceiver(worker: 0, reader: pipe.reader)
    _ = try receiver.receive(into: slot)
    let progress = try receiver.receive(into: slot)
    #expect(progress == .init(isSlotComplete: true))
    #expect(Array(slot) == Array(message(5).dropFirst()))
    let rest = try pipe.reader.read(atMost: 10)
    #expect(rest == [1, 2, 3])
  }
}

@Suite struct WorkerDeathTests {
  @Test func `a death names worker, process, signal and what is not treated`() {
    let death = WorkerDeath(worker: 2, process: 4711, status: .signaled(9), range: 10..<20, isTimed: false)
    #expect(
      death.description
        == "worker 2 (pid 4711) was ended by signal 9 (Killed) before it reported; "
        + "the numbers 10 to 19 are not treated; run it again")
  }

  @Test func `a death without numbers says so`() {
    let empty = WorkerDeath(worker: 2, process: 1, status: .exited(1), range: 7..<7, isTimed: false)
    #expect(empty.description.contains("exited with status 1"))
    #expect(empty.description.contains("it had no numbers to treat"))
    let timed = WorkerDeath(worker: 2, process: 1, status: nil, range: nil, isTimed: true)
    #expect(timed.description.contains("its operations are not counted"))
  }

  @Test func `a death in chunks, and one after the last report, say what is known`() {
    var death = WorkerDeath(worker: 2, process: 4711, status: .signaled(9), range: nil, isTimed: false)
    #expect(death.description.contains("before it reported; the numbers of its chunks are not treated"))
    death.hasReported = true
    #expect(
      death.description
        == "worker 2 (pid 4711) was ended by signal 9 (Killed) after it had reported; run it again")
  }
}
