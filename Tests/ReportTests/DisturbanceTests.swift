import Records
import Testing

@testable import Report

struct DisturbanceTests {
  /// A run of which every trial that was carried out had this activity.
  private func run(_ activity: Activity?) -> RunRecord {
    var run = syntheticRun
    for position in run.trials.indices { run.trials[position].process?.activity = activity }
    return run
  }

  @Test("an undisturbed or unobserved run reports no disturbance")
  func nothing() {
    for activity in [nil, Activity(), Activity(steal: 0, throttled: 0), Activity(steal: 10_000_000)] {
      #expect(disturbances(of: run(activity)) == [])
    }
  }

  @Test("steal time is reported as a share of the whole machine")
  func steal() {
    var run = run(nil)
    for position in run.trials.indices {
      guard let wall = run.trials[position].process?.wall else { continue }
      run.trials[position].process?.activity = Activity(steal: wall * 8 / 20)
    }
    #expect(
      disturbances(of: run) == [
        "The hypervisor gave 5.0 % of this machine's time to other guests during the trials."
      ])
    #expect(runDetails(of: run).contains("\nThe hypervisor gave 5.0 % "))
  }

  @Test("counted trials throttled by a quota are reported")
  func throttling() {
    let counted = syntheticRun.trials.count { !$0.warmUp && $0.failure == nil }
    var throttled = run(Activity(throttled: 5))
    #expect(
      disturbances(of: throttled) == [
        "A control group quota throttled \(counted) of \(counted) trials."
      ])
    for position in throttled.trials.indices { throttled.trials[position].warmUp = true }
    #expect(disturbances(of: throttled) == [])
  }
}
