import Foundation
import Harness
import Records
import TestSupport
import Testing

/// Every model executable by itself, as a user runs it.
@Suite(.blocking) struct ModelTests {
  static let models = ["single", "fork", "dispatch", "taskgroup", "threads"]
  static let parallelModels = ["fork", "dispatch", "taskgroup", "threads"]

  private func report(_ model: String, _ arguments: [String]) throws -> TrialRecord {
    try Program("scaleup-\(model)").report(arguments)
  }

  private func expectOrderedShares(_ record: TrialRecord, workers: Int) throws {
    let shares = try #require(record.shares)
    #expect(shares.map(\.worker) == Array(0..<workers))
    for share in shares {
      #expect(share.begin <= share.end)
      #expect(share.end <= record.region)
      #expect(share.core != nil)
    }
    #expect(shares.reduce(0) { $0 + $1.result.value } == record.result.value)
  }

  @Test(
    "a parallel sum is exact and its shares cover the range", arguments: parallelModels, [1, 2, 3, 7, 64])
  func parallelSum(model: String, workers: Int) throws {
    for upTo in [0, 1, 5, 100_000] as [UInt64] {
      let record = try report(model, ["sum", "--upto", "\(upTo)", "--workers", "\(workers)"])
      #expect(record.result.value == UInt128(upTo) * UInt128(upTo + 1) / 2)
      #expect(record.model == model)
      #expect(record.workload == "sum")
      #expect(record.kernel == "scalar")
      #expect(record.workers == workers)
      #expect(record.upTo == upTo)
      try expectOrderedShares(record, workers: workers)
      let ranges = try #require(record.shares).compactMap(\.range)
      #expect(ranges.first?.lower == 0)
      #expect(ranges.last?.upper == upTo + 1)
      #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upper == $1.lower })
    }
  }

  @Test("the model single sums with one worker")
  func modelSingleSums() throws {
    let record = try report("single", ["sum", "--upto", "1_000_000"])
    #expect(record.result.value == 500_000_500_000)
    try expectOrderedShares(record, workers: 1)
  }

  @Test("stress counts operations per worker and tenth of a second", arguments: models)
  func stressCounts(model: String) throws {
    let workers = model == "single" ? 1 : 2
    let record = try report(model, ["stress", "--seconds", "0.35", "--workers", "\(workers)"])
    #expect(record.duration == 350_000_000)
    #expect(record.load == 100)
    #expect(record.region >= 350_000_000)
    try expectOrderedShares(record, workers: workers)
    for share in try #require(record.shares) {
      #expect(share.slices?.count == 4)
      #expect(share.slices?.reduce(0, +) == UInt64(share.result.value))
    }
    #expect(record.result.value > 0)
  }

  @Test("every forked worker reports its own peak memory")
  func forkedWorker() throws {
    let record = try report("fork", ["sum", "--upto", "1000", "--workers", "3"])
    #expect(try #require(record.shares).allSatisfy { ($0.peakMemory ?? 0) > 0 })
    let threads = try report("dispatch", ["sum", "--upto", "1000", "--workers", "3"])
    #expect(try #require(threads.shares).allSatisfy { $0.peakMemory == nil })
    #expect((threads.peakMemory ?? 0) > 0)
  }

  @Test("the account has the answer and a line per worker", arguments: models)
  func accountAnswer(model: String) throws {
    let outcome = try Program("scaleup-\(model)").run(["sum", "--upto", "1e6", "--workers", "1"])
    #expect(outcome.status == 0)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.first == "sum 0…10^6, 1 worker (\(model), scalar)")
    #expect(lines.dropFirst().first == "result  500000500000, checked")
    #expect(lines.last?.hasPrefix("0 ") == true)
    #expect(lines.last?.contains("0..<1000001") == true)
  }

  @Test("a model describes itself", arguments: models)
  func modelDescribes(model: String) throws {
    let outcome = try Program("scaleup-\(model)").run(["--describe"])
    let description = try JSONDecoder().decode(ModelDescription.self, from: Data(outcome.output.utf8))
    #expect(description.model == model)
    #expect(description.maximumWorkers == (model == "single" ? 1 : 4096))
    #expect(Set(description.workloads.map(\.name)).isSuperset(of: ["sum", "stress"]))
  }

  @Test("the model single has one thread and no child")
  func modelSingle() throws {
    let running = try Program("scaleup-single").start(["stress", "--seconds", "300"])
    defer { running.send(SIGKILL) }
    try waitUntil("it computes") { ProcessTable.userTicks(of: running.identifier) > 20 }
    let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(running.identifier)/task")
    #expect(threads.count == 1)
    #expect(ProcessTable.children(of: running.identifier) == [])
  }
}
