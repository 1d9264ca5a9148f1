import Records
import Testing

@testable import Harness

struct RunEncoderTests {
  @Test("a saved run is read back unchanged, over many random runs")
  func roundTrip() throws {
    var runs = RandomRuns(seed: 14)
    for count in 0..<100 {
      let run = runs.run(trials: count % 12)
      #expect(try JSON.decode(RunRecord.self, from: RunEncoder.text(of: run)) == run)
    }
  }

  @Test("a saved run has a line per trial, one before them and one after")
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
    "a label that looks like trials does no harm",
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

  @Test("a number that JSON does not have cannot be saved", arguments: [Double.nan, .infinity])
  func impossibleNumber(quota: Double) {
    var run = newRun(Plan(configurations: [], trials: 1, warmUps: 0))
    run.passport.quotaCPUs = quota
    #expect(throws: EncodingError.self) {
      _ = try RunEncoder.text(of: run)
    }
  }
}
