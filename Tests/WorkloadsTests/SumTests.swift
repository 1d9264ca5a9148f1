import TestSupport
import Testing

@testable import Workloads

struct SumTests {
  @Test(
    "short ranges around every power of two have the sum of the closed form",
    arguments: [0, 16, 31, 32, 33, 48, 53, 62, 63] as [UInt64])
  func shortRanges(power: UInt64) {
    var generator = SplitMix64(seed: power)
    for _ in 0..<10 {
      let middle = (1 as UInt64) << power
      let lower = middle - min(middle, UInt64.random(in: 0...5000, using: &generator))
      let upper = middle + UInt64.random(in: 0...5000, using: &generator)
      #expect(sumOfIntegers(lower..<upper) == closedForm(lower..<upper))
    }
  }

  @Test("random ranges have the sum of the closed form")
  func randomRanges() {
    var generator = SplitMix64(seed: 2)
    for _ in 0..<200 {
      let lower = generator.next() >> UInt64.random(in: 0..<64, using: &generator)
      let upper = lower + min(UInt64.max - lower, UInt64.random(in: 0...2000, using: &generator))
      #expect(sumOfIntegers(lower..<upper) == closedForm(lower..<upper), "\(lower)..<\(upper)")
    }
  }

  @Test("the largest numbers are summed exactly")
  func largestNumbers() {
    #expect(sumOfIntegers(UInt64.max - 1..<UInt64.max) == UInt128(UInt64.max - 1))
    #expect(sumOfIntegers(UInt64.max - 3..<UInt64.max) == UInt128(UInt64.max) * 3 - 6)
    let range = UInt64.max - 10_000..<UInt64.max
    #expect(sumOfIntegers(range) == closedForm(range))
  }

  @Test(
    "a sum that exceeds 64 bits many times is drained in time",
    arguments: [50, 52, 54, 56, 58, 60] as [UInt64])
  func drainedSums(power: UInt64) {
    let middle = (1 as UInt64) << power
    // So many numbers of this size reach 2^64; the range ends just short of them, on them, and past them.
    let full = UInt64(1) << (64 - power)
    for length in [full - 1, full, full + 1, 3 * full + 1] where length <= 60_000 {
      for lower in [middle - length, middle - length / 2, middle - 1, middle] {
        let range = lower..<lower + length
        #expect(sumOfIntegers(range) == closedForm(range), "\(range)")
      }
    }
  }

  @Test("an empty range has the sum 0, wherever it lies", arguments: [0, 1, 1 << 32, .max] as [UInt64])
  func emptyRanges(bound: UInt64) {
    #expect(sumOfIntegers(bound..<bound) == 0)
  }

  @Test("the first numbers have their well-known sums")
  func knownSums() {
    #expect(sumOfIntegers(0..<1) == 0)
    #expect(sumOfIntegers(0..<2) == 1)
    #expect(sumOfIntegers(0..<101) == 5050)
    #expect(sumOfIntegers(7..<8) == 7)
    #expect(sumOfIntegers(0..<100_001) == 5_000_050_000)
  }

  @Test("the sums of a divided range add up to the sum of the whole")
  func dividedSums() {
    var generator = SplitMix64(seed: 3)
    for _ in 0..<40 {
      let count = UInt64.random(in: 0...10_000, using: &generator)
      let workers = Int.random(in: 1...40, using: &generator)
      let parts = (0..<workers).map { sumOfIntegers(range(of: count, for: $0, among: workers)) }
      #expect(parts.reduce(0, +) == closedForm(0..<count), "\(count) among \(workers)")
    }
  }

  /// n(n+1)/2 up to the last number, less the same up to the number before the first.
  private func closedForm(_ range: Range<UInt64>) -> UInt128 {
    let (lower, upper) = (UInt128(range.lowerBound), UInt128(range.upperBound))
    return upper * (max(upper, 1) - 1) / 2 - lower * (max(lower, 1) - 1) / 2
  }
}
