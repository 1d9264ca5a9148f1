import Records
import Testing

@testable import Harness

struct SequenceTests {
  @Test("warm-ups come first, then round after round of every configuration")
  func known() {
    let plan = Plan(configurations: [stress("a", 1), stress("b", 1)], trials: 2, warmUps: 1)
    #expect(plan.sequence.map(\.configuration) == [0, 1, 0, 1, 0, 1])
    #expect(plan.sequence.map(\.round) == [0, 0, 0, 0, 1, 1])
    #expect(plan.sequence.map(\.warmUp) == [true, true, false, false, false, false])
    #expect(plan.sequence.allSatisfy { $0.report == nil && $0.process == nil && $0.failure == nil })
  }

  @Test("between two trials of a configuration each other one runs once, after the warm-ups")
  func properties() {
    for count in 1...7 {
      for trials in 1...4 {
        for warmUps in 0...3 {
          let configurations = (1...count).map { stress("m", $0) }
          let plan = Plan(configurations: configurations, trials: trials, warmUps: warmUps)
          check(plan)
        }
      }
    }
  }

  @Test("a seed gives every round its own order, the same for the same seed")
  func seeded() {
    let configurations = (1...12).map { stress("m", $0) }
    let plans = (0..<20).map { seed in
      Plan(configurations: configurations, trials: 6, warmUps: 2, seed: UInt64(seed))
    }
    for plan in plans {
      let rounds = plan.sequence.map(\.configuration).chunks(of: 12)
      #expect(rounds.count == 8 && rounds.allSatisfy { $0.sorted() == Array(0..<12) })
      #expect(Set(rounds).count == 8, "12! orders, and 8 of them are not alike by chance")
      #expect(plan.sequence.map(\.round) == plans[0].sequence.map(\.round))
      #expect(plan.sequence.map(\.warmUp) == plans[0].sequence.map(\.warmUp))
      #expect(plan.sequence == plan.sequence)
    }
    #expect(Set(plans.map { $0.sequence.map(\.configuration) }).count == plans.count)
  }

  private func check(_ plan: Plan) {
    let sequence = plan.sequence
    #expect(sequence.count == plan.trialCount)
    let ends = sequence.indices.dropLast(plan.configurations.count - 1)
    for start in ends {
      // Any stretch that is as long as a round has every configuration.
      let stretch = sequence[start..<start + plan.configurations.count]
      #expect(Set(stretch.map(\.configuration)) == Set(plan.configurations.indices))
    }
    #expect(sequence.prefix { $0.warmUp }.count == plan.configurations.count * plan.warmUps)
    #expect(sequence.count { $0.warmUp } == plan.configurations.count * plan.warmUps)
    for configuration in plan.configurations.indices {
      let own = sequence.filter { $0.configuration == configuration }
      #expect(own.filter(\.warmUp).map(\.round) == Array(0..<plan.warmUps))
      #expect(own.filter { !$0.warmUp }.map(\.round) == Array(0..<plan.trials))
    }
  }

  @Test("a plan without configurations has no sequence")
  func empty() {
    #expect(Plan(configurations: [], trials: 5, warmUps: 1).sequence.isEmpty)
  }
}

extension Array {
  /// The elements in stretches of one length.
  fileprivate func chunks(of length: Int) -> [[Element]] {
    stride(from: 0, to: count, by: length).map { Array(self[$0..<Swift.min($0 + length, count)]) }
  }
}
