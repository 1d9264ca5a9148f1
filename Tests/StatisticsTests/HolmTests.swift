import Statistics
import Testing

struct HolmTests {
  /// statsmodels: multipletests(…, method="holm").
  @Test("adjusted p-values agree with statsmodels")
  func known() {
    let found = adjustedByHolm([0.01, 0.04, 0.03, 0.005, 0.5])
    #expect(zip(found, [0.04, 0.09, 0.09, 0.025, 0.5]).allSatisfy { isClose($0, $1) })
    #expect(
      adjustedByHolm([]) == [] && adjustedByHolm([0.03]) == [0.03] && adjustedByHolm([0.9, 0.8]) == [1, 1])
  }
}
