import TestSupport
import Testing

@testable import Workloads

struct PrimesTests {
  @Test(
    "π(n) is right for powers of ten",
    arguments: [
      (0, 0), (1, 0), (2, 1), (3, 2), (4, 2), (5, 3), (10, 4), (100, 25), (1000, 168), (10_000, 1229),
      (100_000, 9592), (1_000_000, 78_498),
    ] as [(UInt64, UInt128)])
  func knownCounts(upTo: UInt64, count: UInt128) {
    #expect(countPrimes(0..<upTo + 1) == count)
  }

  @Test("every number up to ten thousand is prime exactly if a sieve says so")
  func everyNumber() {
    let primes = Set(Sieve(upTo: 10_000).primes)
    for number in 0...10_000 as ClosedRange<UInt64> {
      let expected: UInt128 = primes.contains(number) ? 1 : 0
      #expect(countPrimes(number..<number + 1) == expected, "\(number)")
    }
  }

  @Test("random ranges have as many primes as a sieve finds")
  func randomRanges() {
    let primes = Sieve(upTo: 70_000).primes
    var generator = SplitMix64(seed: 80)
    var ranges = [0..<0, 0..<3, 1..<2, 2..<2, (1 << 32) - 600..<(1 << 32) + 600] as [Range<UInt64>]
    for _ in 0..<60 {
      // The square of 70 000 is the last that the sieve can tell.
      let lower = generator.next() >> UInt64.random(in: 32..<64, using: &generator)
      ranges.append(lower..<lower + UInt64.random(in: 0...1500, using: &generator))
    }
    for range in ranges {
      #expect(countPrimes(range) == Sieve.count(range, by: primes), "\(range)")
    }
  }

  @Test("products of two primes, equal, neighbouring or twins, are not prime")
  func products() {
    let primes = Sieve(upTo: 66_000).primes
    let picked = Array(primes.prefix(200)) + Array(primes.suffix(30))
    for (prime, next) in zip(picked, picked.dropFirst()) {
      #expect(countPrimes(prime * prime..<prime * prime + 1) == 0, "\(prime)²")
      #expect(countPrimes(prime * next..<prime * next + 1) == 0, "\(prime)·\(next)")
    }
  }

  @Test("primes near and beyond 2^32 are found, and the square of the last below it is not prime")
  func largePrimes() {
    #expect(countPrimes(4_294_967_291..<4_294_967_292) == 1)
    #expect(countPrimes(4_294_967_292..<4_294_967_311) == 0)
    #expect(countPrimes(4_294_967_311..<4_294_967_312) == 1)
    // 2^61 − 1 would take a debug build half a minute; 10^15 − 11 and 10^15 + 37 are the primes beside 10^15.
    #expect(countPrimes(999_999_999_999_989..<1_000_000_000_000_000) == 1)
    #expect(countPrimes(1_000_000_000_000_037..<1_000_000_000_000_038) == 1)
    // Both factors are next to 2^25, so that nearly every divisor is tried in vain.
    #expect(countPrimes(33_554_393 * 33_554_393..<33_554_393 * 33_554_393 + 1) == 0)
  }

  @Test("numbers at the end of the range are tested without overflow")
  func largestNumbers() {
    // 2^64 − 1 = 3·5·17·257·641·65537·6700417, 2^64 − 2 is even, 2^64 − 3 = 13·3889·…, 2^64 − 5 = 11·59·….
    #expect(countPrimes(UInt64.max - 6..<UInt64.max) == 0)
  }

  @Test("the workload primes has the scalar kernel only, and the parts of a division add up")
  func workload() {
    #expect(Workload.primes.kernels.map(\.name) == ["scalar"])
    let kernel = Workload.primes.kernels[0]
    for workers in [1, 2, 7, 64] {
      let parts = (0..<workers).map { kernel.compute(range(of: 10_001, for: $0, among: workers)) }
      #expect(parts.reduce(0, +) == 1229)
    }
  }

  @Test("the workload empty computes nothing and reports no shares")
  func empty() {
    #expect(Workload.empty.kernels.map { $0.compute(0..<UInt64.max) } == [0])
    #expect(!Workload.empty.reportsShares)
    #expect(Workload.all.filter { !$0.reportsShares }.map(\.name) == ["empty"])
  }
}
