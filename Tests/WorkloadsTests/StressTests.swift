import Testing

@testable import Workloads

struct StressTests {
  private let start: UInt64 = 7_000_000_000
  private let length: UInt64 = 650_000_000
  private let operationsPerBatch = StressKernel.stepsPerBatch * StressKernel.operationsPerStep

  @Test("the slices add up to the result", arguments: [1, 10, 50, 99, 100])
  func total(load: Int) {
    let clock = FakeClock(at: start)
    let (result, slices) = count(Period(start: start, length: length, load: load), clock)
    #expect(result == slices.reduce(0) { $0 + UInt128($1) })
    #expect(result > 0)
  }

  @Test("the operations are in proportion to the load", arguments: [1, 10, 50, 99, 100])
  func operations(load: Int) {
    let clock = FakeClock(at: start)
    let (result, _) = count(Period(start: start, length: length, load: load), clock)
    let full = length / 1_000_000 * operationsPerBatch
    #expect(abs(Double(result) / Double(full) * 100 - Double(load)) < 2)
  }

  @Test("every batch counts in the 100 ms in which it began")
  func slices() {
    let disturbance = FakeClock.Disturbance(batchesPerInterruption: 40, interruption: 150_000_000)
    let clock = FakeClock(at: start + 120_000_000, disturbance: disturbance)
    let (_, slices) = count(Period(start: start, length: length, load: 100), clock)
    var expected = [UInt64](repeating: 0, count: 7)
    // The first reading begins the pacing, the last ends it; each between them lets one batch begin.
    for reading in clock.readings.dropFirst().dropLast() {
      expected[Int((reading - start) / 100_000_000)] += operationsPerBatch
    }
    #expect(slices == expected)
    #expect(slices[0] == 0)
  }

  @Test("work before the start counts in the first slice")
  func earlyWorker() {
    let clock = FakeClock(at: start - 20_000_000)
    let (_, slices) = count(Period(start: start, length: 200_000_000, load: 100), clock)
    #expect(slices == [120 * operationsPerBatch, 100 * operationsPerBatch])
  }

  @Test("a worker that starts after the period does nothing", arguments: [0, 1, 1 << 40] as [UInt64])
  func tooLate(delay: UInt64) {
    for load in [1, 50, 100] {
      let clock = FakeClock(at: start + length + delay)
      let (result, slices) = count(Period(start: start, length: length, load: load), clock)
      #expect(result == 0)
      #expect(slices == [0, 0, 0, 0, 0, 0, 0])
      #expect(clock.sleeps == [])
    }
  }

  @Test("a period has a slice for every 100 ms begun")
  func numberOfSlices() {
    let expected: [(UInt64, Int)] = [
      (0, 0), (1, 1), (99_999_999, 1), (100_000_000, 1), (100_000_001, 2), (1_000_000_000, 10),
      (3_600_000_000_000, 36_000),
    ]
    for (length, slices) in expected {
      #expect(Period.slices(in: length) == slices, "\(length) ns")
    }
  }

  @Test("a time after the period belongs to its last slice")
  func sliceOfMoment() {
    let period = Period(start: start, length: 250_000_000, load: 100)
    let expected: [(UInt64, Int)] = [
      (0, 0), (start - 1, 0), (start, 0), (start + 99_999_999, 0), (start + 100_000_000, 1),
      (start + 200_000_000, 2), (start + 249_999_999, 2), (start + 250_000_000, 2), (.max, 2),
    ]
    for (moment, slice) in expected {
      #expect(period.slice(at: moment) == slice, "\(moment)")
    }
  }

  @Test("a batch does the operations it reports, and continues from the last one")
  func batches() {
    var kernel = StressKernel()
    let before = "\(kernel)"
    #expect(kernel.runBatch() == 65_536)
    let between = "\(kernel)"
    #expect(kernel.runBatch() == 65_536)
    #expect(Set([before, between, "\(kernel)"]).count == 3)
  }

  private func count(_ period: Period, _ clock: FakeClock) -> (UInt128, [UInt64]) {
    let slices = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: Period.slices(in: period.length))
    slices.initialize(repeating: 0)
    defer { slices.deallocate() }
    let result = countOperations(period, clock, slices)
    return (result, Array(slices))
  }
}
