import Records
import Testing

@testable import Report

@Suite("What the machine did to the trials")
struct DisturbanceTests {
  /// A run of which every trial that was carried out had this activity.
  private func run(_ activity: Activity?) -> RunRecord {
    var run = syntheticRun
    for position in run.trials.indices { run.trials[position].process?.activity = activity }
    return run
  }

  @Test("is not told where it did nothing, or where nobody watched")
  func nothing() {
    for activity in [nil, Activity(), Activity(steal: 0, throttled: 0), Activity(steal: 10_000_000)] {
      #expect(disturbances(of: run(activity)) == [])
    }
  }

  @Test("is told of time that was stolen, as a share of the whole machine's")
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
    #expect(textReport(of: run).contains("\nThe hypervisor gave 5.0 % "))
  }

  @Test("is told of trials that a quota held back, of those that count")
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
