import Testing

@testable import ModelKit

struct RepetitionsTests {
  @Test("the regions are listed in order, and the record is that of the last")
  func regions() throws {
    var times: [UInt64] = [900, 30, 20, 40]
    let all = times
    let output = Models.many.run(["x", "sum", "--upto", "100", "--repetitions", "4", "--json"]) { job in
      var record = Models.run(job)
      record.region = times.removeFirst()
      return record
    }
    let record = try decoded(TrialRecord.self, output.output)
    #expect(times == [] && record.regions == all && record.region == 40)
    #expect(record.result == ExactInteger(5050))
  }

  @Test("a job of one region lists none")
  func lone() throws {
    for words in [[], ["--repetitions", "1"]] {
      let output = Models.many.run(["x", "sum", "--upto", "100", "--json"] + words, Models.run)
      #expect(try decoded(TrialRecord.self, output.output).regions == nil)
    }
  }

  @Test("an async model is repeated too")
  func suspending() async throws {
    var runs = 0
    let output = await Models.many.run(["x", "sum", "--upto", "100", "--repetitions", "3", "--json"]) { job in
      await Task.yield()
      runs += 1
      return Models.run(job)
    }
    #expect(runs == 3)
    #expect(try decoded(TrialRecord.self, output.output).regions?.count == 3)
  }

  @Test("a wrong answer in any region ends the repetitions", arguments: 1...3)
  func wrongRegion(wrong: Int) {
    var runs = 0
    let output = Models.many.run(["x", "sum", "--upto", "100", "--repetitions", "3"]) { job in
      runs += 1
      var record = Models.run(job)
      if runs == wrong { record.result = ExactInteger(5049) }
      return record
    }
    #expect(runs == wrong)
    #expect(output.status == 1 && output.output == "")
    #expect(output.error.contains("wrong result: 5049 (expected 5050)"))
  }

  @Test("all regions must have the answer of the first if none is known")
  func contradiction() {
    let program = ModelProgram(model: "test", summary: "", workloads: [.primes])
    var runs = 0
    let output = program.run(["x", "primes", "--upto", "37", "--repetitions", "3"]) { job in
      runs += 1
      var record = Models.run(job)
      if runs == 3 { record.result = ExactInteger(11) }
      return record
    }
    #expect(output.status == 1 && output.output == "")
    #expect(output.error.contains("wrong result: 11 (expected 12)"))
  }

  @Test("operations may differ between regions")
  func operations() throws {
    var runs: UInt128 = 0
    let words = ["x", "stress", "--seconds", "0.001", "--workers", "1", "--repetitions", "3", "--json"]
    let output = Models.many.run(words) { job in
      runs += 1
      var record = Models.run(job)
      record.result = ExactInteger(runs)
      return record
    }
    #expect(output.status == 0)
    #expect(try decoded(TrialRecord.self, output.output).result == ExactInteger(3))
  }

  @Test("workers that outlive a region are ended once, whatever the outcome")
  func end() {
    let words = ["x", "sum", "--upto", "100", "--repetitions", "2", "--json"]
    var ends = 0
    let good = Models.many.run(words, Models.run, end: { ends += 1 })
    #expect(ends == 1 && good.status == 0)
    let failed = Models.many.run(words, { _ in throw Models.NoResult() }, end: { ends += 1 })
    #expect(ends == 2 && failed.status == 1)
    let wrong = Models.many.run(
      words,
      { job in
        var record = Models.run(job)
        record.result = ExactInteger(1)
        return record
      }, end: { ends += 1 })
    #expect(ends == 3 && wrong.error.contains("wrong result"))
    let refused = Models.many.run(["x", "sum", "--upto", "x"], Models.mustNotRun, end: { ends += 1 })
    #expect(ends == 3 && refused.status == 64)
  }
}
