import TestSupport
import Testing

@testable import Platform

struct TickCountersTests {
  @Test("a core is busy in user mode, niced or not, and in the kernel, and no time is known to be stolen")
  func busy() {
    var sums = TickSums()
    sums.add([1, 20, 300, 4000, 5, 60, 700, 8000])
    #expect(sums.busy == [4021, 8065])
    let reading = CoreReading(sums, tick: 10_000_000)
    #expect(reading.cores.map(\.number) == [0, 1])
    #expect(reading.cores.map(\.busy) == [40_210_000_000, 80_650_000_000])
    #expect(reading.busy == 120_860_000_000 && reading.steal == nil)
  }

  @Test("counters that wrap around keep adding up")
  func wrapAround() {
    var sums = TickSums()
    sums.add([.max - 1, 0, .max, 0])
    sums.add([2, 0, 5, .max])
    #expect(sums.busy == [2 * UInt64(UInt32.max) + 3])
    sums.add([1, 0, 5, .max])
    #expect(sums.busy == [3 * UInt64(UInt32.max) + 3])
  }

  @Test("any sequence of readings adds up to the last one, modulo the wrap-around")
  func sequences() {
    var generator = SplitMix64(seed: 47)
    for cores in 1...5 {
      var (sums, exact) = (TickSums(), [UInt64](repeating: 0, count: 4 * cores))
      for _ in 0..<50 {
        for counter in exact.indices {
          exact[counter] += UInt64(UInt32.random(in: 0...(.max), using: &generator))
        }
        sums.add(exact.map { UInt32(truncatingIfNeeded: $0) })
      }
      for (core, busy) in sums.busy.enumerated() {
        let counters = exact[(4 * core)..<(4 * core + 4)].map { $0 }
        #expect(busy == counters[0] + counters[1] + counters[3])
      }
    }
  }

  @Test("if the number of cores changes, the sums begin anew; without counters there are no cores")
  func otherCores() {
    var sums = TickSums()
    sums.add([1, 1, 1, 1])
    sums.add([2, 2, 2, 2, 3, 3, 3, 3])
    #expect(sums.busy == [6, 9])
    sums.add([])
    #expect(sums.busy == [] && CoreReading(sums, tick: 1).cores == [])
  }

  #if os(Linux)
    @Test("Linux has no such counters")
    func none() {
      #expect(TickCounters() == nil)
    }
  #endif
}
