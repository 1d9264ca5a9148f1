import Foundation
import Records
import Testing

/// Schedules, kernels and repetitions of the model executables, as a user asks for them.
@Suite(.blocking) struct ScheduleTests {
  static let models = ModelTests.models
  static let parallelModels = ModelTests.parallelModels
  static let schedules = ["static", "dynamic", "guided"]

  @Test("every kernel sums exactly in every schedule", arguments: parallelModels, schedules)
  func kernelSums(model: String, schedule: String) throws {
    let description = try Program("scaleup-\(model)").description()
    let sum = try #require(description.workloads.first { $0.name == "sum" })
    let kernels = try #require(sum.kernels)
    #expect(kernels.prefix(2) == ["scalar", "simd"] && kernels.last == "portable")
    #expect(description.schedules == Self.schedules)
    for kernel in kernels {
      let words = ["sum", "--upto", "300_000", "--workers", "3", "--kernel", kernel, "--schedule", schedule]
      let record = try Program("scaleup-\(model)").report(words + ["--grain", "7_001"])
      #expect(record.result.value == 45_000_150_000)
      #expect(record.kernel == kernel && (record.instructionSet == nil) == (kernel == "scalar"))
      #expect(record.schedule == schedule && record.grain == 7001)
      try expectAllNumbers(record, workers: 3)
    }
  }

  @Test(
    "primes are counted exactly in every schedule, with many workers and with few", arguments: parallelModels,
    schedules)
  func primesCounted(
    model: String, schedule: String
  ) throws {
    for (workers, grain) in [(1, 1000), (2, 30_000), (7, 64), (60, 500)] {
      let words = ["primes", "--upto", "30_000", "--workers", "\(workers)", "--schedule", schedule]
      let record = try Program("scaleup-\(model)").report(words + ["--grain", "\(grain)"])
      #expect(record.result.value == 3245)
      try expectAllNumbers(record, workers: workers)
    }
    let record = try Program("scaleup-\(model)").report(
      ["primes", "--upto", "20_000", "--workers", "3", "--schedule", schedule])
    #expect(record.result.value == 2262)
    #expect(record.grain == (schedule == "static" ? nil : 105))
  }

  @Test("twenty regions run in one process, and each is timed", arguments: models)
  func twentyRegions(model: String) throws {
    let program = try Program("scaleup-\(model)")
    let schedules =
      model == "single" ? [[]] : [[]] + Self.schedules.map { ["--schedule", $0, "--grain", "9"] }
    let workers = ["--workers", model == "single" ? "1" : "3", "--repetitions", "20"]
    for schedule in schedules {
      for (workload, result) in [("sum", 500_500), ("primes", 168), ("empty", 0)] as [(String, UInt128)] {
        let record = try program.report([workload, "--upto", "1000"] + workers + schedule)
        #expect(record.result.value == result)
        let regions = try #require(record.regions)
        #expect(regions.count == 20 && regions.last == record.region && !regions.contains(0))
        #expect((record.shares == nil) == (workload == "empty"))
        if let shares = record.shares {
          #expect(shares.allSatisfy { $0.begin <= $0.end && $0.end <= record.region })
        }
      }
    }
    let stress = try program.report(["stress", "--seconds", "0.01"] + workers)
    #expect(try #require(stress.regions).allSatisfy { $0 >= 10_000_000 })
    for share in try #require(stress.shares) {
      #expect(share.slices?.reduce(0, +) == UInt64(share.result.value))
    }
  }

  @Test("two hundred workers share chunks", arguments: parallelModels)
  func twoHundred(model: String) throws {
    for schedule in ["dynamic", "guided"] {
      let record = try Program("scaleup-\(model)").report([
        "sum", "--upto", "99_999", "--workers", "200", "--schedule", schedule, "--grain", "50",
        "--repetitions",
        "2",
      ])
      #expect(record.result.value == 4_999_950_000)
      try expectAllNumbers(record, workers: 200)
    }
  }

  @Test("the largest N is scheduled in huge chunks", arguments: parallelModels, schedules)
  func largestN(model: String, schedule: String) throws {
    for grain in ["18446744073709551614", "9223372036854775808", "1e17"] {
      let record = try Program("scaleup-\(model)").report([
        "empty", "--upto", "18446744073709551614", "--workers", "3", "--schedule", schedule, "--grain", grain,
      ])
      #expect(record.result.value == 0 && record.upTo == .max - 1)
    }
  }

  @Test("a grain of all numbers, or of one, is valid", arguments: parallelModels)
  func grainNumbers(model: String) throws {
    for (upTo, grain) in [(0, 1), (10, 10), (10, 9), (10, 1)] {
      for schedule in Self.schedules {
        let record = try Program("scaleup-\(model)").report([
          "sum", "--upto", "\(upTo)", "--grain", "\(grain)", "--workers", "2", "--schedule", schedule,
        ])
        #expect(record.result.value == UInt128(upTo * (upTo + 1) / 2))
        try expectAllNumbers(record, workers: 2)
      }
    }
  }

  @Test("wrong schedules, grains and kernels are refused in one line")
  func wrongSchedules() throws {
    #if arch(arm64)
      let otherKernel = "avx2"
    #else
      let otherKernel = "neon"
    #endif
    let wrong: [(words: [String], reason: String)] = [
      (
        ["sum", "--grain", "0"],
        "invalid value for --grain: '0' (expected a whole number from 1 to 18446744073709551614"
      ),
      (["sum", "--upto", "10", "--grain", "12"], "--grain 12 exceeds N = 10"),
      (["sum", "--grain", "2e9"], "--grain 2000000000 exceeds N = 1000000000"),
      (["sum", "--kernel", "smid"], "'smid' (expected a kernel of this processor: scalar, simd, "),
      (["sum", "--kernel", otherKernel], "'\(otherKernel)' (expected a kernel of this processor"),
      (
        ["sum", "--schedule", "dinamic"],
        "'dinamic' (expected one of static, dynamic, guided; try --schedule dynamic)"
      ),
      (
        ["sum", "--repetitions", "0"],
        "invalid value for --repetitions: '0' (expected a whole number from 1 to 1000000"
      ),
      (["stress", "--schedule", "dynamic"], "unknown option: '--schedule'"),
      (["stress", "--grain", "5"], "unknown option: '--grain'"),
      (["stress", "--kernel", "simd"], "unknown option: '--kernel'"),
    ]
    for model in ["fork", "threads"] {
      for (words, reason) in wrong { try expectRefusal(model, words, reason) }
    }
    for words in [["--schedule", "static"], ["--schedule=dynamic"], ["--grain", "5"]] {
      try expectRefusal(
        "single", ["sum"] + words, "has no effect with one worker")
    }
  }

  private func expectRefusal(_ model: String, _ words: [String], _ reason: String) throws {
    let outcome = try Program("scaleup-\(model)").run(words)
    #expect(outcome.status == 64 && outcome.output == "", "\(words)")
    #expect(
      outcome.error.hasPrefix("scaleup-\(model): ") && outcome.error.contains(reason), "\(outcome.error)")
    #expect(outcome.error.split(separator: "\n").count == 1)
  }

  /// The shares of numbers dealt in chunks add up to all of them and to the result.
  private func expectAllNumbers(_ record: TrialRecord, workers: Int) throws {
    let shares = try #require(record.shares)
    #expect(shares.map(\.worker) == Array(0..<workers))
    #expect(shares.reduce(0) { $0 + $1.result.value } == record.result.value)
    let (upTo, grain) = (try #require(record.upTo), try #require(record.grain))
    #expect(shares.reduce(0) { $0 + ($1.numbers ?? 0) } == upTo + 1)
    let chunks = shares.reduce(0) { $0 + ($1.chunks ?? 0) }
    let most = upTo / grain + 1
    #expect(record.schedule == "guided" ? (1...most).contains(chunks) : chunks == most)
  }
}

extension Program {
  /// The record of a trial that must succeed.
  func report(_ arguments: [String]) throws -> TrialRecord {
    let outcome = try run(arguments + ["--json"])
    try #require(outcome.status == 0, "\(arguments): \(outcome.error)")
    #expect(outcome.error == "")
    return try JSONDecoder().decode(TrialRecord.self, from: Data(outcome.output.utf8))
  }

  /// Returns the model's description of itself.
  func description() throws -> ModelDescription {
    try JSONDecoder().decode(ModelDescription.self, from: Data(try run(["--describe"]).output.utf8))
  }
}
