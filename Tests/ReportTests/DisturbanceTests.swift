import Analysis
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

  /// Makes some trials busy with other programs, which kept so many cores busy.
  private func disturbed(_ load: Double, where isDisturbed: (Trial) -> Bool) -> RunRecord {
    var run = syntheticRun
    for position in run.trials.indices {
      guard let process = run.trials[position].process else { continue }
      let foreign = isDisturbed(run.trials[position]) ? load * Double(process.wall) : 0
      run.trials[position].process?.activity = Activity(
        busy: process.userTime + process.systemTime + UInt64(foreign))
    }
    return run
  }

  @Test("disturbed trials are counted in a sentence, in a column and in CSV, and are no part of the others")
  func foreignLoad() throws {
    let run = disturbed(0.75) { $0.configuration == 0 && $0.round == 1 && !$0.warmUp }
    let sentence = "Other programs kept up to 0.75 cores busy during 1 of"
    #expect(disturbances(of: run).first?.hasPrefix(sentence) == true)
    #expect(runSummary(of: run).contains(sentence) && markdownReport(of: run).contains("| disturbed |"))
    let rows = try CSVParser.records(csvReport(of: [run]))
    let (load, flag) = try (
      #require(rows[0].firstIndex(of: "foreignLoad_cores")), #require(rows[0].firstIndex(of: "disturbed"))
    )
    #expect(rows.dropFirst().count { $0[flag] == "true" && $0[load] == "0.750" } == 1)
    #expect(!markdownReport(of: syntheticRun).contains("| disturbed |"))
  }

  @Test("if most trials were disturbed, the answer says that the machine was too busy, and names no model")
  func tooBusy() {
    let run = disturbed(0.75) { $0.configuration != 0 }
    let answer = answer(of: RunAnalysis(run))
    #expect(
      answer.count == 1 && answer[0].hasPrefix("The machine was too busy to tell which model is fastest. "))
    #expect(furtherAnswers(of: RunAnalysis(run)) == [])
    #expect(runSummary(of: run).contains("? every trial was disturbed by other programs"))
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
