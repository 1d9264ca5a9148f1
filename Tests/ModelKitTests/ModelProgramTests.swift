import ModelKit
import Testing

struct ModelProgramTests {
  @Test("the options become the job")
  func jobs() throws {
    let sum = try job(["sum", "--upto", "1_000", "--workers", "7"])
    #expect(sum.workload.name == "sum" && sum.workers == 7 && sum.extent == .upTo(1000))
    let largest = try job(["sum", "--upto=18446744073709551614", "--workers=4096", "--json"])
    #expect(largest.workers == 4096 && largest.extent == .upTo(.max - 1))
    let stress = try job(["stress", "--seconds", "0.25", "--load", "30", "--workers", "2"])
    #expect(stress.workload.name == "stress" && stress.workers == 2)
    #expect(stress.extent == .period(length: 250_000_000, load: 30))
  }

  @Test("every option has its default")
  func defaults() throws {
    let sum = try job(["sum"])
    #expect(sum.extent == .upTo(1_000_000_000))
    #expect(sum.workers == CPULimits.ofThisProcess().effective)
    #expect(try job(["stress"]).extent == .period(length: 1_000_000_000, load: 100))
    #expect(try job(["sum"], Models.one).workers == 1)
  }

  @Test("the record of a sum is valid and has the right result")
  func json() throws {
    let output = Models.many.run(["x", "sum", "--upto", "10000", "--workers", "3", "--json"], Models.run)
    #expect(output.status == 0 && output.error == "")
    #expect(output.output.hasSuffix("}\n") && output.output.split(separator: "\n").count == 1)
    let record = try decoded(TrialRecord.self, output.output)
    #expect(record.model == "test")
    #expect(record.result == ExactInteger(50_005_000))
    #expect(record.workers == 3 && record.shares?.count == 3)
    #expect(try #require(record.peakMemory) > 1 << 20)
  }

  @Test("an async model runs like a synchronous one")
  func suspending() async throws {
    let output = await Models.many.run(["x", "sum", "--upto", "100", "--workers", "3", "--json"]) { job in
      await Task.yield()
      return Models.run(job)
    }
    #expect(try decoded(TrialRecord.self, output.output).result == ExactInteger(5050))
    let failed = await Models.many.run(["x", "sum", "--upto", "100"]) { _ in
      await Task.yield()
      throw Models.NoResult()
    }
    #expect(failed == ProgramOutput(error: "scaleup-test: there is no result\n", status: 1))
    let refused = await Models.many.run(["x", "nothing"]) { job in
      await Task.yield()
      return try Models.mustNotRun(job)
    }
    #expect(refused.status == 64 && refused.output == "")
  }

  @Test("the record of a stress is valid", arguments: ["100", "20"])
  func stressJSON(load: String) throws {
    let words = ["x", "stress", "--seconds", "0.05", "--load", load, "--workers", "1", "--json"]
    let record = try decoded(TrialRecord.self, Models.many.run(words, Models.run).output)
    #expect(record.duration == 50_000_000 && record.load == Int(load))
    #expect(record.result.value > 0)
    #expect(record.shares?.first?.slices?.count == 1)
  }

  @Test("a wrong result is reported with the right one, and nothing else", arguments: [[], ["--json"]])
  func wrongResult(flags: [String]) {
    for wrong in [0, 5049, 5051, UInt128.max] {
      let output = Models.many.run(["x", "sum", "--upto", "100", "--workers", "2"] + flags) { job in
        var record = Models.run(job)
        record.result = ExactInteger(wrong)
        return record
      }
      let message = "wrong result: \(wrong) (expected 5050); its time is not reported"
      #expect(output == ProgramOutput(error: "scaleup-test: \(message)\n", status: 1))
    }
  }

  @Test("a failed model reports its failure, and nothing else", arguments: [[], ["--json"]])
  func failure(flags: [String]) {
    let output = Models.many.run(["x", "sum", "--upto", "5"] + flags) { _ in throw Models.NoResult() }
    #expect(output == ProgramOutput(error: "scaleup-test: there is no result\n", status: 1))
  }

  @Test("the account of a sum has its result, and that it was checked")
  func account() {
    let output = Models.many.run(["x", "sum", "--upto", "10000", "--workers", "3"], Models.run)
    #expect(output.status == 0 && output.error == "")
    let lines = output.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0] == "sum 0…10^4, 3 workers (test, scalar)")
    #expect(lines[1] == "result  50005000, checked")
    #expect(lines.contains { $0.contains("0..<3334") } && lines.contains { $0.contains("6668..<10001") })
  }

  @Test("the description is valid and has the model and its workloads")
  func describe() throws {
    for program in [Models.many, Models.one] {
      let output = program.run(["x", "--describe"], Models.mustNotRun)
      #expect(output.status == 0 && output.error == "")
      #expect(output.output.hasSuffix("}\n"))
      let description = try decoded(ModelDescription.self, output.output)
      #expect(description.model == program.model && description.summary == program.summary)
      #expect(description.maximumWorkers == program.maximumWorkers)
      #expect(description.version == suiteVersion)
      #expect(description.workloads.map(\.name) == ["sum", "stress"])
      #expect(description.workloads.map(\.extent) == [.numbers, .period])
    }
  }

  @Test("the version is printed")
  func version() {
    let output = Models.many.run(["x", "--version"], Models.mustNotRun)
    #expect(output == ProgramOutput(output: "scaleup-test \(suiteVersion)\n"))
  }

  /// The job that a command line asks for.
  private func job(_ words: [String], _ program: ModelProgram = Models.many) throws -> Job {
    var job: Job?
    _ = program.run(["x"] + words) { asked in
      job = asked
      throw Models.NoResult()
    }
    return try #require(job)
  }
}
