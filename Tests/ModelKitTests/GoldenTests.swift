import ModelKit
import Testing

struct GoldenTests {
  @Test(
    "the help of a model and its workloads matches its golden file", arguments: [[], ["sum"], ["stress"]])
  func help(words: [String]) throws {
    for program in [Models.many, Models.one] {
      let output = program.run(["scaleup-x"] + words + ["--help"], Models.mustNotRun)
      #expect(output.status == 0 && output.error == "")
      try expectGolden((["help", program.model] + words).joined(separator: "-"), output.output)
    }
  }

  @Test("the account of a sum matches its golden file")
  func sumAccount() throws {
    var record = TrialRecord(result: ExactInteger(50_000_000_005_000_000_000), region: 4_312_000_000)
    record.workload = "sum"
    record.kernel = "scalar"
    record.workers = 2
    record.upTo = 10_000_000_000
    record.shares = [
      Share(
        worker: 0, range: .init(lower: 0, upper: 5_000_000_001), result: ExactInteger(1), begin: 12_345,
        end: 4_300_000_000, cpuTime: 4_290_000_000, core: 3),
      Share(
        worker: 1, range: .init(lower: 5_000_000_001, upper: 10_000_000_001), result: ExactInteger(2),
        begin: 999, end: 4_311_000_000, cpuTime: 21_000_000),
    ]
    try expectAccount("account-sum", of: record, ["sum", "--upto", "1e10", "--workers", "2"])
  }

  @Test("the account of a stress matches its golden file")
  func stressAccount() throws {
    var record = TrialRecord(result: ExactInteger(4_412_000_000), region: 1_000_100_000)
    record.workload = "stress"
    record.kernel = "scalar"
    record.workers = 1
    record.duration = 1_000_000_000
    record.load = 50
    record.shares = [
      Share(
        worker: 0, result: ExactInteger(4_412_000_000), begin: 1000, end: 1_000_050_000, cpuTime: 500_000_000,
        core: 0, slices: Array(repeating: 441_200_000, count: 10))
    ]
    try expectAccount("account-stress", of: record, ["stress", "--load", "50", "--workers", "1"])
  }

  @Test("the account of scheduled chunks matches its golden file", arguments: ["dynamic", "guided"])
  func chunkedAccount(schedule: String) throws {
    var record = TrialRecord(result: ExactInteger(78_498), region: 21_430_000)
    record.workload = "primes"
    record.kernel = "scalar"
    record.workers = 2
    record.upTo = 1_000_000
    record.schedule = schedule
    record.grain = 10_000
    record.shares = [
      Share(
        worker: 0, chunks: 55, numbers: 550_000, result: ExactInteger(1), begin: 12_345,
        end: 21_300_000, cpuTime: 21_290_000, core: 3),
      Share(
        worker: 1, chunks: 46, numbers: 450_001, result: ExactInteger(2), begin: 45_000, end: 21_311_000,
        cpuTime: 20_900_000),
    ]
    try expectAccount("account-\(schedule)", of: record, ["sum"])
  }

  @Test("the account of repetitions matches its golden file", arguments: [2, 6])
  func repeatedAccount(count: Int) throws {
    let times: [UInt64] = [1_820_000, 479_854, 382_529, 462_739, 390_001, 422_538]
    var repetitions = times.prefix(count)
    let words = ["sum", "--upto", "1e5", "--workers", "1", "--repetitions", "\(count)"]
    let output = Models.many.run(["x"] + words) { _ in
      var record = TrialRecord(result: ExactInteger(5_000_050_000), region: repetitions.removeFirst())
      (record.workload, record.kernel, record.instructionSet) = ("sum", "simd", "avx512")
      (record.workers, record.upTo) = (1, 100_000)
      return record
    }
    #expect(output.status == 0 && output.error == "")
    try expectGolden("account-repeated-\(count)", output.output)
  }

  @Test("the account of a forced instruction set names it once")
  func instructionSetAccount() throws {
    var record = TrialRecord(result: ExactInteger(45), region: 1000)
    (record.workload, record.kernel, record.instructionSet) = ("sum", "avx2", "avx2")
    (record.workers, record.upTo) = (3, 9)
    try expectAccount("account-instruction-set", of: record, ["sum", "--upto", "9", "--workers", "3"])
  }

  private func expectAccount(_ name: String, of record: TrialRecord, _ words: [String]) throws {
    let output = Models.many.run(["scaleup-test"] + words) { _ in record }
    #expect(output.status == 0 && output.error == "")
    try expectGolden(name, output.output)
  }
}
