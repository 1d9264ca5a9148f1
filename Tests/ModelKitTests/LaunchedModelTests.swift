import Testing

@testable import ModelKit

struct LaunchedModelTests {
  private static let program = ModelProgram(
    model: "far", summary: "as a launcher likes", isLaunched: true, workloads: [.sum, .stress])

  private func job(_ arguments: [String], ranks: Int) throws -> Job {
    let request = Self.program.request(["scaleup-far", "sum"] + arguments) { _ in ranks }
    guard case .job(let job, _) = request else { throw Models.NoResult() }
    return job
  }

  @Test("a launched model has a worker per process and thread")
  func workers() throws {
    #expect(try job([], ranks: 3).workers == 3)
    let hybrid = try job(["--threads-per-rank", "4", "--workers", "8"], ranks: 2)
    #expect(hybrid.workers == 8 && hybrid.threadsPerRank == 4)
  }

  @Test("a launched model refuses another number of workers in one line")
  func otherWorkers() {
    let output = Self.program.run(
      ["scaleup-far", "sum", "--workers", "4"], ranks: { _ in 2 }, Models.mustNotRun)
    #expect(output.status == 64 && output.output == "")
    #expect(
      output.error.hasPrefix(
        "scaleup-far: --workers 4 differs from what was launched: 2 ranks with 1 thread each "))
    #expect(output.error.split(separator: "\n").count == 1)
  }

  @Test("a launched model does not join its processes for --describe or a wrong command line")
  func notJoined() {
    for words in [["--describe"], ["sum", "--help"], ["sum", "--upto", "x"]] {
      _ = Self.program.run(
        ["scaleup-far"] + words,
        ranks: { _ in
          Issue.record("it was joined")
          return 1
        }, Models.mustNotRun)
    }
    let described = Self.program.run(["scaleup-far", "--describe"], Models.mustNotRun).output
    #expect(described.contains(#""isLaunched":true"#))
    #expect(
      !Models.many.run(["scaleup-test", "--describe"], Models.mustNotRun).output.contains("isLaunched"))
  }

  @Test("a launched model says why its processes do not run the job")
  func refusal() {
    let output = Self.program.run(
      ["scaleup-far", "sum"], ranks: { _ in throw Models.NoResult() }, Models.mustNotRun)
    #expect(output == ProgramOutput(error: "scaleup-far: there is no result\n", status: 64))
  }

  @Test("a process without the record prints nothing, however many regions it ran")
  func silent() {
    var count = 0
    let output = Self.program.run(["scaleup-far", "sum", "--repetitions", "3"]) { _ -> TrialRecord? in
      count += 1
      return nil
    }
    #expect(output == ProgramOutput() && count == 3)
  }

  @Test(
    "a launched model merges the reports of its processes, exactly and with every share",
    arguments: [Schedule.even, Schedule(.static, grain: 7, count: 1000, workers: 6)])
  func merged(schedule: Schedule) throws {
    let job = Job(.sum, workers: 6, extent: .upTo(999), schedule: schedule, threadsPerRank: 2)
    let parts = (0..<3).map { rank in
      let part = Region(job, workers: rank * 2..<rank * 2 + 2, from: Clock.monotonic.now)
      for worker in part.workers {
        part.work(as: worker, messages: { Messages(arrival: UInt64(worker), time: 10, cpuTime: 1 << 62) })
      }
      return part
    }
    let total = parts.reduce(UInt128(0)) { $0 + $1.partialResult }
    let record = parts[0].record(of: total, length: 1 << 40) { parts[$0 / 2].report(of: $0) }
    #expect(record.result == ExactInteger(499_500) && record.region == 1 << 40 && record.threadsPerRank == 2)
    let shares = try #require(record.shares)
    #expect(
      shares.map(\.worker) == Array(0..<6) && shares.allSatisfy { $0.communication == 10 && $0.cpuTime == 0 })
    #expect(shares.reduce(UInt128(0)) { $0 + $1.result.value } == 499_500)
    let short = parts[0].record(of: total, length: 1) { parts[$0 / 2].report(of: $0) }
    #expect(
      try #require(short.shares).allSatisfy { $0.begin <= $0.end && $0.end <= 1 }, "a clock that is off")
    #expect(parts[0].record(of: total, length: 1).shares == nil)
  }
}
