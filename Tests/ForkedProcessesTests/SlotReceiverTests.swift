import ModelKit
import Testing

@testable import ForkedProcesses

/// The parent's side of a worker's pipe, with a worker that writes in whatever pieces it likes.
@Suite struct SlotReceiverTests {
  private static let size = 4096

  private func slot() -> UnsafeMutableRawBufferPointer {
    let slot = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.size, alignment: 128)
    slot.initializeMemory(as: UInt8.self, repeating: 0xEE)
    return slot
  }

  private func message(_ seed: Int) -> [UInt8] {
    (0..<Self.size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ seed) }
  }

  @Test(arguments: [1, 7, 100, 1000, 4095, 4096])
  func `a slot arrives whole whatever the pieces are`(piece: Int) throws {
    let pipe = try Pipe()
    let slot = slot()
    defer { slot.deallocate() }
    let message = message(piece)
    var receiver = SlotReceiver(worker: 3, reader: pipe.reader)
    var rest = message[...]
    while !rest.isEmpty {
      try pipe.writer.write(Array(rest.prefix(piece)))
      rest = rest.dropFirst(piece)
      let progress = try receiver.receive(into: slot)
      #expect(progress == (rest.isEmpty ? .complete : .incomplete))
    }
    #expect(Array(slot) == message)
  }

  @Test(arguments: [0, 1, 64, 4095])
  func `a pipe that ends before the slot is whole is noticed`(sent: Int) throws {
    var pipe: Pipe? = try Pipe()
    let slot = slot()
    defer { slot.deallocate() }
    let reader = try #require(pipe).reader
    try #require(pipe).writer.write(Array(message(0).prefix(sent)))
    pipe = nil
    var receiver = SlotReceiver(worker: 0, reader: reader)
    if sent > 0 {
      let progress = try receiver.receive(into: slot)
      #expect(progress == .incomplete)
    }
    let progress = try receiver.receive(into: slot)
    #expect(progress == .ended)
  }

  @Test func `what comes behind the slot is left in the pipe`() throws {
    let pipe = try Pipe()
    let slot = slot()
    defer { slot.deallocate() }
    try pipe.writer.write(message(5) + [1, 2, 3])
    var receiver = SlotReceiver(worker: 0, reader: pipe.reader)
    let progress = try receiver.receive(into: slot)
    #expect(progress == .complete)
    #expect(Array(slot) == message(5))
    let rest = try pipe.reader.read(atMost: 10)
    #expect(rest == [1, 2, 3])
  }
}

@Suite struct WorkerDeathTests {
  @Test func `a death names worker, process, signal and what is not summed`() {
    let death = WorkerDeath(worker: 2, process: 4711, status: .signaled(9), range: 10..<20)
    #expect(
      death.description
        == "worker 2 (pid 4711) was ended by signal 9 (Killed) before it reported; "
        + "the numbers 10 to 19 are not summed; run it again")
  }

  @Test func `a death without numbers says so`() {
    let empty = WorkerDeath(worker: 2, process: 1, status: .exited(1), range: 7..<7)
    #expect(empty.description.contains("exited with status 1"))
    #expect(empty.description.contains("it had no numbers to sum"))
    let timed = WorkerDeath(worker: 2, process: 1, status: nil, range: nil)
    #expect(timed.description.contains("its operations are not counted"))
  }
}
