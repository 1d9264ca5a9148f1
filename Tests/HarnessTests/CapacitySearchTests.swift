import TestSupport
import Testing

@testable import Harness

/// The search for a capacity, against services whose capacity is known.
struct CapacitySearchTests {
  /// Searches with a service that meets the objective up to its capacity, but for a fraction of the tries by chance.
  private func search(
    _ capacity: Double, start: Double, luck: Double = 0, seed: UInt64 = 1
  ) -> (search: CapacitySearch, tries: Int) {
    var (search, tries, random) = (CapacitySearch(start: start), 0, SplitMix64(seed: seed))
    while let rate = search.next {
      tries += 1
      #expect(CapacitySearch.rates.contains(rate))
      // At most four digits, and so at most three decimals: the load generator reads six.
      let digits = "\(rate)".prefix { $0 != "e" }.filter(\.isNumber)
      #expect(digits.reversed().drop { $0 == "0" }.count <= 4, "\(rate)")
      let isLucky = Double.random(in: 0..<1, using: &random) < luck
      search.add(rate: rate, isMet: (rate <= capacity) != isLucky)
      if tries > 1000 { break }
    }
    return (search, tries)
  }

  @Test(
    "The bracket holds the capacity, is narrow, and both of its ends were tried three times",
    arguments: [3.7, 100, 999.9, 1000, 1000.1, 54_321, 3_000_000], [1.0, 1000, 10_000_000])
  func bracket(_ capacity: Double, _ start: Double) throws {
    let (search, tries) = search(capacity, start: start)
    let (low, high) = (try #require(search.low), try #require(search.high))
    #expect(low <= capacity && capacity < high)
    #expect(high / low <= search.resolution)
    #expect(search.isConfirmed)
    #expect([low, high].allSatisfy { search.tries[$0]?.count == CapacitySearch.confirmations })
    // Doublings, or halvings, of the whole range; bisections of a factor of 2 to 5 %; and four more tries.
    #expect(tries <= 24 + 4 + 4)
  }

  @Test("A service that meets the objective at no rate, or at every rate, has one end only")
  func noBracket() {
    let (none, _) = search(0, start: 1000)
    #expect(none.low == nil && none.high == 1 && !none.isConfirmed)
    let (all, _) = search(.infinity, start: 1000)
    #expect(all.high == nil && all.low == 10_000_000 && !all.isConfirmed)
  }

  @Test("The search ends even if every outcome is chance", arguments: 0..<50)
  func chance(_ seed: Int) {
    let (search, tries) = search(1000, start: 100, luck: 0.5, seed: UInt64(seed))
    #expect(tries <= CapacitySearch.mostTries)
    if let low = search.low, let high = search.high { #expect(low < high) }
  }

  @Test("One bad try in twenty moves the bracket by little in most searches")
  func noise() {
    let found = (0..<200).map { seed in search(1000, start: 10, luck: 0.05, seed: UInt64(seed)).search }
    let near = found.filter { 900...1000 ~= $0.low ?? 0 && 1000...1111 ~= $0.high ?? 0 }
    #expect(near.count > 150, "\(near.count) of 200")
  }
}
