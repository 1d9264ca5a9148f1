import TestSupport
import Testing

@testable import Harness

struct WorkerCountTests {
  @Test(
    "the default worker counts are the powers of two and the maximum",
    arguments: [
      (1, [1]), (2, [1, 2]), (3, [1, 2, 3]), (4, [1, 2, 4]), (6, [1, 2, 4, 6]), (8, [1, 2, 4, 8]),
      (64, [1, 2, 4, 8, 16, 32, 64]), (65, [1, 2, 4, 8, 16, 32, 64, 65]),
    ])
  func known(most: Int, counts: [Int]) {
    #expect(powersOfTwo(upTo: most) == counts)
  }

  @Test("worker counts ascend from 1 to the maximum in steps that at most double")
  func properties() {
    var generator = SplitMix64(seed: 9)
    let others = (0..<200).map { _ in Int.random(in: 1...1_000_000_000, using: &generator) }
    for most in Array(1...300) + others {
      let counts = powersOfTwo(upTo: most)
      #expect(counts.first == 1 && counts.last == most)
      #expect(zip(counts, counts.dropFirst()).allSatisfy { $0 < $1 && $1 <= 2 * $0 })
    }
  }
}

struct RoundNumberTests {
  /// 1, 2 and 5 times every power of ten that 64 bits hold, calculated otherwise than in the code.
  private static let roundNumbers: [UInt64] = {
    var numbers: [UInt64] = []
    var power: UInt64 = 1
    for _ in 0..<19 {
      numbers += [power, power * 2, power * 5]
      power = power.multipliedReportingOverflow(by: 10).partialValue
    }
    return numbers
  }()

  @Test(
    "a round number is the nearest by ratio, not by difference",
    arguments: [
      (1, 1), (1.4, 1), (1.5, 2), (3, 2), (3.2, 5), (7, 5), (7.2, 10), (1400, 1000), (1500, 2000),
      (2.2e9, 2_000_000_000),
      (3.3e9, 5_000_000_000),
    ] as [(Double, UInt64)])
  func known(value: Double, nearest: UInt64) {
    #expect(roundNumber(near: value) == nearest)
  }

  @Test("rounding a round number keeps it")
  func fixedPoints() {
    for number in Self.roundNumbers { #expect(roundNumber(near: Double(number)) == number) }
  }

  @Test(
    "a round number is at least 1 and at most the largest there is",
    arguments: [
      (0, 1), (1e-300, 1), (0.2, 1), (1e19, 5_000_000_000_000_000_000), (1e300, 5_000_000_000_000_000_000),
    ] as [(Double, UInt64)])
  func ends(value: Double, nearest: UInt64) {
    #expect(roundNumber(near: value) == nearest)
  }

  @Test("a round number is 1, 2 or 5 times a power of ten, and the nearest of these")
  func nearest() {
    var generator = SplitMix64(seed: 10)
    for _ in 0..<2000 {
      let value =
        Double.random(in: 1...10, using: &generator) * tenToThe(.random(in: 0...17, using: &generator))
      let number = roundNumber(near: value)
      #expect(Self.roundNumbers.contains(number))
      let distance = ratio(number, value)
      #expect(distance < 1.6)
      #expect(Self.roundNumbers.allSatisfy { distance <= ratio($0, value) })
    }
  }

  private func ratio(_ number: UInt64, _ value: Double) -> Double {
    Double(number) > value ? Double(number) / value : value / Double(number)
  }

  private func tenToThe(_ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }
}
