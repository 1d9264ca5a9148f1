import ModelKit
import Testing

struct GoldenTests {
  @Test("The help of a model and of its workloads", arguments: [[], ["sum"], ["stress"]])
  func help(words: [String]) throws {
    for program in [Models.many, Models.one] {
      let output = program.run(["scaleup-x"] + words + ["--help"], Models.mustNotRun)
      #expect(output.status == 0 && output.error == "")
      try expectGolden((["help", program.model] + words).joined(separator: "-"), output.output)
    }
  }

  @Test("The readable account of a sum")
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

  @Test("The readable account of a stress")
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

  private func expectAccount(_ name: String, of record: TrialRecord, _ words: [String]) throws {
    let output = Models.many.run(["scaleup-test"] + words) { _ in record }
    #expect(output.status == 0 && output.error == "")
    try expectGolden(name, output.output)
  }
}
