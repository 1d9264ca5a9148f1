import TestSupport
import Testing

@testable import ModelKit

struct ShareTableTests {
  @Test(
    "every slot starts at a multiple of 128 bytes, and no two share a byte",
    arguments: [1, 2, 3, 7, 64, 513], [0, 1, 7, 8, 9, 16, 24, 25, 100, 1000])
  func slots(workers: Int, slices: Int) {
    let table = ShareTable(workers: workers, slices: slices)
    #expect(table.slotSize.isMultiple(of: 128))
    #expect(table.slotSize >= MemoryLayout<ShareTable.Head>.size + slices * 8)
    var end: UInt = 0
    for worker in 0..<workers {
      let slot = table.slot(of: worker)
      let begin = UInt(bitPattern: slot.baseAddress)
      #expect(begin > 0 && begin.isMultiple(of: 128) && begin >= end)
      #expect(slot.count == table.slotSize)
      end = begin + UInt(slot.count)
    }
  }

  @Test("a slot's slices lie behind its head, within the slot", arguments: [1, 8, 9, 333])
  func slices(slices: Int) throws {
    let table = ShareTable(workers: 3, slices: slices)
    for worker in 0..<3 {
      let slot = table.slot(of: worker)
      let counts = UnsafeRawBufferPointer(table.slices(of: worker))
      let (begin, end) = (try #require(slot.baseAddress), try #require(counts.baseAddress))
      #expect(end - UnsafeRawPointer(begin) == MemoryLayout<ShareTable.Head>.size)
      #expect(counts.count == slices * 8)
      #expect(UnsafeRawPointer(begin) + slot.count >= end + counts.count)
    }
  }

  @Test("a new table is empty")
  func empty() {
    let table = ShareTable(workers: 5, slices: 30)
    for worker in 0..<5 {
      #expect(table.slot(of: worker).allSatisfy { $0 == 0 })
      #expect(table.slices(of: worker).count == 30)
    }
    #expect(ShareTable(workers: 1, slices: 0).slices(of: 0).isEmpty)
  }

  @Test("a value written to one slot is read from that slot only")
  func independence() {
    let (workers, slices) = (6, 17)
    let table = ShareTable(workers: workers, slices: slices)
    var generator = SplitMix64(seed: 31)
    let heads = (0..<workers).map { worker in
      ShareTable.Head(
        part: Part(
          result: UInt128(generator.next()) << 64 | UInt128(generator.next()), chunks: generator.next(),
          numbers: generator.next()), begin: generator.next(),
        end: generator.next(), cpuTime: generator.next(), peakMemory: generator.next(),
        core: Int(generator.next() >> 1), worker: worker)
    }
    let counts = (0..<workers).map { _ in (0..<slices).map { _ in generator.next() } }
    for worker in (0..<workers).shuffled(using: &generator) {
      table.setHead(heads[worker], of: worker)
      for slice in 0..<slices { table.slices(of: worker)[slice] = counts[worker][slice] }
    }
    for worker in 0..<workers {
      #expect("\(table.head(of: worker))" == "\(heads[worker])")
      #expect(Array(table.slices(of: worker)) == counts[worker])
    }
  }

  @Test("a cleared slot is like a new one, and the others keep their values")
  func clearing() {
    let (used, new) = (ShareTable(workers: 3, slices: 9), ShareTable(workers: 3, slices: 9))
    for worker in 0..<3 {
      used.setHead(
        .init(part: Part(result: 7, chunks: 1, numbers: 2), begin: 1, core: 5, worker: worker), of: worker)
      used.slices(of: worker)[8] = 99
    }
    used.clear(1)
    #expect(Array(used.slot(of: 1)) == Array(new.slot(of: 1)))
    for worker in [0, 2] {
      #expect(used.head(of: worker).part.result == 7 && used.head(of: worker).worker == worker)
      #expect(used.slices(of: worker)[8] == 99)
    }
  }

  @Test("the bytes of a slot mean the same in another table")
  func copies() {
    let (first, second) = (ShareTable(workers: 2, slices: 5), ShareTable(workers: 2, slices: 5))
    first.setHead(
      .init(part: Part(result: 7), begin: 1, end: 2, cpuTime: 3, peakMemory: 4, core: 5, worker: 1), of: 1)
    first.slices(of: 1)[4] = 99
    second.slot(of: 1).copyMemory(from: UnsafeRawBufferPointer(first.slot(of: 1)))
    #expect("\(second.head(of: 1))" == "\(first.head(of: 1))")
    #expect(Array(second.slices(of: 1)) == [0, 0, 0, 0, 99])
    #expect(second.head(of: 0).part.result == 0)
  }

  @Test("a worker that does not exist has no slot")
  func unknownWorker() async {
    await #expect(processExitsWith: .failure) { _ = ShareTable(workers: 2, slices: 0).slot(of: 2) }
    await #expect(processExitsWith: .failure) { _ = ShareTable(workers: 2, slices: 0).slot(of: -1) }
  }
}
