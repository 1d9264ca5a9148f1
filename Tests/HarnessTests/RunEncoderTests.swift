import Records
import Testing

@testable import Harness

@Suite("The text of a run")
struct RunEncoderTests {
  @Test("is read back as the same run, over many random runs")
  func roundTrip() throws {
    var runs = RandomRuns(seed: 14)
    for count in 0..<100 {
      let run = runs.run(trials: count % 12)
      #expect(try JSON.decode(RunRecord.self, from: RunEncoder.text(of: run)) == run)
    }
  }

  @Test("has a line for each trial, and one before and one after them")
  func lines() throws {
    var runs = RandomRuns(seed: 16)
    for count in 1...10 {
      let run = runs.run(trials: count)
      let text = try RunEncoder.text(of: run)
      let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      try #require(lines.count == count + 3)
      #expect(lines.last?.isEmpty == true)
      for (line, trial) in zip(lines.dropFirst(), run.trials) {
        let object = line.last == "," ? String(line.dropLast()) : String(line)
        #expect(try JSON.decode(Trial.self, from: object) == trial)
      }
    }
  }

  @Test(
    "is not confused by a label that looks like its trials",
    arguments: [
      #""trials":["#, #"\"trials\":["#, #""trials":[]"#, #"trials":["#, #"x","trials":[{"#, "\\",
      "\"trials\":[\n",
    ])
  func label(label: String) throws {
    let plan = Plan(
      configurations: [Configuration(model: label, workload: label, kernel: label, workers: 1)], trials: 1,
      warmUps: 0)
    var run = newRun(plan, host: label)
    run.passport.architecture = label
    run.trials = [Trial(configuration: 0, round: 0, warmUp: false, failure: label)]
    #expect(try JSON.decode(RunRecord.self, from: RunEncoder.text(of: run)) == run)
  }

  @Test("cannot be made of a number that JSON does not have", arguments: [Double.nan, .infinity])
  func impossibleNumber(quota: Double) {
    var run = newRun(Plan(configurations: [], trials: 1, warmUps: 0))
    run.passport.quotaCPUs = quota
    #expect(throws: EncodingError.self) {
      _ = try RunEncoder.text(of: run)
    }
  }
}
