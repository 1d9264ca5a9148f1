import Testing

@testable import Fleet

/// The choice of a target.
@Suite struct TargetTurnTests {
  @Test("round robin gives every target the same number of requests", arguments: [1, 2, 3, 7])
  func roundRobin(count: Int) {
    var turn = TargetTurn()
    var counts = [Int](repeating: 0, count: count)
    for _ in 0..<count * 10 { counts[turn.choose(among: count, by: .roundRobin) { _ in 0 } ?? 0] += 1 }
    #expect(counts == [Int](repeating: 10, count: count))
  }

  @Test("least outstanding chooses a target with the fewest requests, and equals in turn")
  func leastOutstanding() {
    var turn = TargetTurn()
    let loads = [2, 1, 3, 1]
    let chosen = (0..<4).map { _ in turn.choose(among: 4, by: .leastOutstanding) { loads[$0] } }
    #expect(chosen == [1, 3, 1, 3])
  }

  @Test("a target that failed is chosen again only if it is the only one", arguments: Balancing.allCases)
  func avoided(balancing: Balancing) {
    var turn = TargetTurn()
    for _ in 0..<10 { #expect(turn.choose(among: 3, by: balancing, avoiding: 1) { _ in 0 } != 1) }
    #expect(turn.choose(among: 1, by: balancing, avoiding: 0) { _ in 0 } == 0)
    #expect(turn.choose(among: 0, by: balancing) { _ in 0 } == nil)
  }

  @Test("the turn goes on when there are fewer targets than before")
  func fewer() {
    var turn = TargetTurn()
    for _ in 0..<5 { _ = turn.choose(among: 5, by: .roundRobin) { _ in 0 } }
    #expect(turn.choose(among: 2, by: .roundRobin) { _ in 0 } == 0)
  }
}
