import TestSupport
import Testing

@testable import Workloads

struct DivisionTests {
  @Test("every division is complete, in order and even, with the larger parts first")
  func randomDivisions() {
    var generator = SplitMix64(seed: 1)
    for _ in 0..<400 {
      let workers = Int.random(in: 1...200, using: &generator)
      let count = generator.next() >> UInt64.random(in: 0..<64, using: &generator)
      #expect(fault(in: count, among: workers) == nil)
    }
  }

  @Test(
    "the extreme counts divide among any number of workers",
    arguments: [0, 1, 2, 1 << 32, 1 << 63, .max - 1, .max] as [UInt64],
    [1, 2, 3, 7, 64, 1000, 4096])
  func extremeCounts(count: UInt64, workers: Int) {
    #expect(fault(in: count, among: workers) == nil)
  }

  @Test("counts next to a multiple of the workers divide evenly", arguments: [1, 2, 3, 16, 255])
  func countsAroundMultiples(workers: Int) {
    for multiple in 0...4 {
      for offset in -1...1 {
        let count = workers * multiple + offset
        if count >= 0 { #expect(fault(in: UInt64(count), among: workers) == nil) }
      }
    }
  }

  @Test("more workers than numbers leave the last workers without any")
  func moreWorkersThanNumbers() {
    let ranges = (0..<5).map { range(of: 3, for: $0, among: 5) }
    #expect(ranges == [0..<1, 1..<2, 2..<3, 3..<3, 3..<3])
  }

  @Test("the largest count ends at its own bound")
  func largestCount() {
    #expect(range(of: .max, for: 0, among: 1) == 0..<UInt64.max)
    #expect(range(of: .max, for: 0, among: 2) == 0..<1 << 63)
    #expect(range(of: .max, for: 1, among: 2) == 1 << 63..<UInt64.max)
    #expect(range(of: .max, for: 2, among: 3).count == range(of: .max, for: 0, among: 3).count)
  }

  @Test("a worker that does not exist has no range")
  func unknownWorker() async {
    await #expect(processExitsWith: .failure) { _ = range(of: 10, for: 2, among: 2) }
    await #expect(processExitsWith: .failure) { _ = range(of: 10, for: -1, among: 2) }
    await #expect(processExitsWith: .failure) { _ = range(of: 10, for: 0, among: 0) }
  }

  /// Returns the fault in a division; `nil` if there is none.
  private func fault(in count: UInt64, among workers: Int) -> String? {
    let ranges = (0..<workers).map { range(of: count, for: $0, among: workers) }
    let sizes = ranges.map { $0.upperBound - $0.lowerBound }
    let place = "\(count) among \(workers)"
    if ranges.first?.lowerBound != 0 { return "\(place) does not begin at 0" }
    if ranges.last?.upperBound != count { return "\(place) does not end at the count" }
    for (range, next) in zip(ranges, ranges.dropFirst()) where range.upperBound != next.lowerBound {
      return "\(place): \(range) is followed by \(next)"
    }
    for (size, next) in zip(sizes, sizes.dropFirst()) where size < next {
      return "\(place): a part of \(size) comes before one of \(next)"
    }
    if let first = sizes.first, let last = sizes.last, first - last > 1 {
      return "\(place): the parts have from \(last) to \(first) numbers"
    }
    return nil
  }
}
