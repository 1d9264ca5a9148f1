import Statistics
import TestSupport
import Testing

struct SerialDependenceTests {
  /// Calculated in Python over all permutations.
  @Test(
    "the p-value agrees with that of all permutations within the error of sampling them",
    arguments: [
      ([1, 2, 3, 4, 5], 0.016666666666666666), ([1, 1.1, 1.2, 2, 2.1, 2.2, 1.3, 1.15], 0.03958333333333333),
      ([5, 1, 4, 2, 3, 6, 0, 7], 0.9316468253968254), ([1, 1, 1, 2, 2, 2, 1, 1], 0.14285714285714285),
    ] as [([Double], Double)])
  func known(series: [Double], pValue: Double) throws {
    let found = try #require(SerialDependence(series))
    #expect((found.pValue - pValue).magnitude < 4 * (pValue * (1 - pValue) / 1000).squareRoot() + 0.001)
  }

  @Test("the correlation of neighbours is corrected for its bias")
  func correlation() throws {
    let found = try #require(SerialDependence([1, 1.1, 1.2, 2, 2.1, 2.2, 1.3, 1.15]))
    #expect(isClose(found.correlation, 0.760410201276822))
    #expect(isClose(found.widening, ((1 + 0.760410201276822) / (1 - 0.760410201276822)).squareRoot()))
  }

  @Test("alternating and equal values are not alike, and a slow spell in the middle is found")
  func shapes() throws {
    let alternating = try #require(SerialDependence((0..<20).map { Double($0 % 2) }))
    #expect(alternating.pValue > 0.9 && alternating.correlation == 0 && alternating.widening == 1)
    let equal = try #require(SerialDependence([2, 2, 2, 2, 2]))
    #expect(equal.pValue == 1)
    var generator = SplitMix64(seed: 71)
    let spell = generator.normals(20, 1, 0.01).enumerated().map { $0 / 5 == 2 ? $1 + 0.05 : $1 }
    #expect(try #require(SerialDependence(spell)).pValue < 0.05)
  }

  @Test("independent series are called alike in 3 to 7 % of 1,000")
  func falseAlarms() throws {
    var generator = SplitMix64(seed: 72)
    let alarms = try (0..<1000).count { _ in
      try #require(SerialDependence(generator.normals(10))).pValue < 0.05
    }
    #expect((30...70).contains(alarms))
  }

  @Test("four values, or one that is not finite, are not tested")
  func undefined() {
    #expect(SerialDependence([1, 2, 3, 4]) == nil)
    #expect(SerialDependence([1, 2, 3, 4, .nan]) == nil)
  }
}
