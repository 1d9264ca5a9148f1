import Records
import Testing

@testable import Harness

@Suite("The order of the trials")
struct SequenceTests {
  @Test("is a round of warm-ups, then round after round, each with every configuration")
  func known() {
    let plan = Plan(configurations: [stress("a", 1), stress("b", 1)], trials: 2, warmUps: 1)
    #expect(plan.sequence.map(\.configuration) == [0, 1, 0, 1, 0, 1])
    #expect(plan.sequence.map(\.round) == [0, 0, 0, 0, 1, 1])
    #expect(plan.sequence.map(\.warmUp) == [true, true, false, false, false, false])
    #expect(plan.sequence.allSatisfy { $0.report == nil && $0.process == nil && $0.failure == nil })
  }

  @Test("has every other configuration once between two trials of one, and warm-ups first")
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

  @Test("is empty for a plan without configurations")
  func empty() {
    #expect(Plan(configurations: [], trials: 5, warmUps: 1).sequence.isEmpty)
  }
}
