import Records
import TestSupport
import Testing

struct PrimeCountsTests {
  private static let limit = 5_000_000

  @Test("every listed prime count up to five million agrees with a sieve")
  func sieve() {
    let counts = Sieve(upTo: Self.limit).counts
    var known: Set<Int> = []
    for upTo in Array(0...2000) + Array(stride(from: 2010, through: Self.limit, by: 10)) {
      guard let count = KnownAnswer.result(of: "primes", upTo: UInt64(upTo)) else { continue }
      #expect(count == ExactInteger(UInt128(counts[upTo])), "π(\(upTo))")
      known.insert(upTo)
    }
    #expect(known == Set(Self.usual.map(Int.init).filter { $0 <= Self.limit }))
  }

  @Test(
    "prime counts for 1, 2 and 5 times every power of ten to 10^9 are listed and increase"
  )
  func growth() throws {
    var before: (upTo: UInt64, count: UInt128) = (5, 3)
    for upTo in Self.usual {
      let count = try #require(KnownAnswer.result(of: "primes", upTo: upTo), "π(\(upTo))").value
      // Of the numbers behind 5 at most every second is prime.
      #expect(count > before.count && count - before.count <= UInt128(upTo - before.upTo) / 2)
      before = (upTo, count)
    }
    #expect(before.count == 50_847_534)
  }

  @Test(
    "a number without a listed prime count has none, and the empty sum is always known",
    arguments: [0, 3, 11, 999_999, .max] as [UInt64])
  func unknown(upTo: UInt64) {
    #expect(KnownAnswer.result(of: "primes", upTo: upTo) == nil)
    #expect(KnownAnswer.result(of: "empty", upTo: upTo) == ExactInteger(0))
  }

  private static let usual: [UInt64] = {
    let powers = (1...8).map { exponent in (0..<exponent).reduce(1 as UInt64) { power, _ in power * 10 } }
    return powers.flatMap { [$0, 2 * $0, 5 * $0] } + [1_000_000_000]
  }()
}
