import ModelKit
import Testing

/// The options and messages of a program whose model replaces lost workers.
struct RecoveryTests {
  private static let program = ModelProgram(
    model: "test", summary: "one worker after the other", replacesWorkers: true,
    workloads: [Models.sum, .stress])

  @Test(
    "retries and timeout become the job; the default is three retries and no timeout")
  func options() throws {
    for workload in ["sum", "stress"] {
      let job = try job([workload, "--retries", "0", "--timeout", "1.5"])
      #expect(job.retries == 0 && job.timeout == 1_500_000_000)
      let plain = try self.job([workload])
      #expect(plain.retries == 3 && plain.timeout == nil)
    }
  }

  @Test("a model that does not replace workers knows neither option", arguments: ["--retries", "--timeout"])
  func otherModels(option: String) {
    for program in [Models.many, Models.one] {
      let output = program.run(["x", "sum", option, "1"], Models.mustNotRun)
      #expect(output.status == 64 && output.error.contains("unknown option: '\(option)'"))
    }
  }

  @Test("wrong retries and timeouts are refused", arguments: ["-1", "x", "", "1e9", "nan"])
  func wrongValues(value: String) {
    for option in ["--retries", "--timeout"] {
      let output = Self.program.run(["x", "sum", "\(option)=\(value)"], Models.mustNotRun)
      #expect(output.status == 64 && output.error.contains("\(option): '\(value)' (expected a "))
    }
  }

  @Test("the description says whether workers are replaced")
  func description() throws {
    func told(_ program: ModelProgram) throws -> Bool? {
      let output = program.run(["x", "--describe"], Models.mustNotRun).output
      return try decoded(ModelDescription.self, output).replacesWorkers
    }
    #expect(try told(Self.program) == true)
    #expect(try told(Models.many) == nil)
  }

  @Test("the help of a model that replaces workers, and its account with restarts, match their golden files")
  func texts() throws {
    try expectGolden(
      "help-replacing-sum", Self.program.run(["x", "sum", "--help"], Models.mustNotRun).output)
    let output = Self.program.run(["x", "sum", "--upto", "9", "--workers", "1"]) { job in
      var record = Models.run(job)
      record.region = 2_000_000_000
      record.shares = nil
      record.restarts = [
        Restart(
          worker: 0, region: 2, cause: "was killed by SIGKILL", at: 1_500_000_000, lost: 20_000_000),
        Restart(
          worker: 3, region: 7, cause: "did not report for 5.000 s\u{1B} and was killed", at: 9, lost: 0),
      ]
      return record
    }
    try expectGolden("account-restarts", output.output)
  }

  private func job(_ words: [String]) throws -> Job {
    var job: Job?
    _ = Self.program.run(["x"] + words) { asked in
      job = asked
      throw Models.NoResult()
    }
    return try #require(job)
  }
}
