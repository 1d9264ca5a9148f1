import ModelKit
import Testing

struct ScheduleOptionTests {
  @Test("the options become kernel, schedule and repetitions of the job")
  func jobs() throws {
    let plain = try job(["sum", "--upto", "999", "--workers", "2"])
    #expect(plain.kernel?.name == "scalar" && plain.schedule == .even && plain.repetitions == 1)
    let words = ["--kernel", "portable", "--schedule", "guided", "--grain", "1e2", "--repetitions=20"]
    let full = try job(["sum", "--upto", "999", "--workers", "2"] + words)
    #expect(full.kernel?.name == "portable" && full.repetitions == 20)
    #expect(full.schedule == Schedule(.guided, grain: 100, count: 1000, workers: 2))
    #expect(
      try job(["sum", "--kernel", "simd"]).kernel?.instructionSet == Workload.sum.kernels[1].instructionSet)
    #expect(
      try job(["sum", "--upto", "127999", "--workers", "2", "--schedule", "dynamic"]).schedule.grain == 1000)
    let chunked = try job(["sum", "--upto", "9", "--grain", "5"]).schedule
    #expect(chunked.kind == .static && chunked.grain == 5)
    let stress = try job(["stress", "--repetitions", "3"])
    #expect(stress.repetitions == 3 && stress.kernel == nil && stress.schedule == .even)
  }

  @Test("a grain is at most N, and 1 for the single number 0")
  func largestGrain() throws {
    for (upTo, grain) in [
      ("0", "1"), ("1", "1"), ("10", "10"), ("18446744073709551614", "18446744073709551614"),
    ] {
      #expect(try job(["sum", "--upto", upTo, "--grain", grain]).schedule.grain == UInt64(grain))
    }
    expectRefusal(
      ["sum", "--upto", "0", "--grain", "2"], naming: "--grain 2 exceeds N = 0 (try a smaller grain)")
    expectRefusal(
      ["sum", "--upto", "10", "--grain", "11"], naming: "--grain 11 exceeds N = 10")
    expectRefusal(
      ["sum", "--grain", "1_000_000_001"], naming: "exceeds N = 1000000000")
  }

  @Test("wrong kernels, schedules, grains and repetitions are reported with the valid ones")
  func wrongValues() {
    for value in ["0", "-1", "1.5", "18446744073709551616", "many"] {
      expectRefusal(
        ["sum", "--grain", value],
        naming: "invalid value for --grain: '\(value)' (expected a whole number from 1 to ")
    }
    for value in ["0", "-3", "1000001", "often"] {
      expectRefusal(
        ["stress", "--repetitions", value],
        naming: "invalid value for --repetitions: '\(value)' (expected a whole number")
    }
    expectRefusal(
      ["sum", "--schedule", "dynamo"], naming: "one of static, dynamic, guided; try --schedule dynamic")
    expectRefusal(
      ["sum", "--kernel", "smid"], naming: "'smid' (expected a kernel of this processor: scalar, simd")
    #if arch(x86_64)
      let other = "neon"
    #else
      let other = "sse2"
    #endif
    expectRefusal(["sum", "--kernel", other], naming: "'\(other)' (expected a kernel of this processor")
  }

  @Test("a workload without a schedule does not know the schedule options")
  func unknownOptions() {
    for option in ["--schedule", "--grain", "--kernel"] {
      expectRefusal(["stress", option, "1"], naming: "unknown option: '\(option)'")
    }
  }

  @Test("a model of one worker says why it takes no schedule")
  func loneWorker() {
    for words in [["--schedule", "dynamic"], ["--schedule=static"], ["--grain", "5"], ["--grain=5"]] {
      expectRefusal(
        ["sum"] + words, naming: "has no effect with one worker", Models.one)
    }
    expectRefusal(["sum", "--schedul", "static"], naming: "unknown option: '--schedul'", Models.one)
    let output = Models.one.run(
      ["x", "sum", "--upto", "9", "--kernel", "simd", "--repetitions", "2"], Models.run)
    #expect(output.status == 0, "\(output.error)")
  }

  @Test("the description lists kernels and schedules, if any")
  func description() throws {
    let many = try decoded(
      ModelDescription.self, Models.many.run(["x", "--describe"], Models.mustNotRun).output)
    #expect(many.schedules == ["static", "dynamic", "guided"])
    #expect(many.workloads.map(\.kernels) == [Models.sum.kernels.map(\.name), nil])
    let one = try decoded(
      ModelDescription.self, Models.one.run(["x", "--describe"], Models.mustNotRun).output)
    #expect(one.schedules == nil && one.workloads[0].kernels == many.workloads[0].kernels)
  }
}
