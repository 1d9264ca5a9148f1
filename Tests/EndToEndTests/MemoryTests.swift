import Foundation
import Harness
import Records
import TestSupport
import Testing

/// The workload `memory` of the models and of `scaleup run`.
@Suite(.blocking) struct MemoryTests {
  private func report(_ model: String, _ arguments: String...) throws -> TrialRecord {
    try Program("scaleup-\(model)").report(["memory"] + arguments)
  }

  @Test(
    "every model streams through its arrays, with exact values and whole shares", arguments: ModelTests.models
  )
  func models(model: String) throws {
    let workers = model == "single" ? 1 : 3
    for (operation, kernel) in [
      ("triad", "simd"), ("copy", "scalar"), ("add", "portable"), ("scale", "simd"),
    ] {
      let record = try report(
        model, "--operation", operation, "--kernel", kernel, "--size", "100_000", "--upto", "123456",
        "--workers", "\(workers)", "--repetitions", "2")
      #expect(record.result.value == 123_457)
      #expect(record.operation == operation && record.size == 100_000 && record.kernel == kernel)
      #expect(record.regions?.count == 2)
      let shares = try #require(record.shares)
      let ranges = shares.compactMap(\.range)
      #expect(ranges.first?.lower == 0 && ranges.last?.upper == 12_500)
      #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upper == $1.lower })
      #expect(shares.reduce(0) { $0 + $1.result.value } == 123_457)
    }
  }

  @Test("more workers than elements or CPUs stay exact", arguments: ModelTests.parallelModels)
  func manyWorkers(model: String) throws {
    let record = try report(model, "--size", "1K", "--upto", "1000", "--workers", "40")
    #expect(record.result.value == 1001)
  }

  @Test("each forked worker has only its own part in memory")
  func forkedMemory() throws {
    let size: UInt64 = 24 << 20
    let record = try report("fork", "--size", "\(size)", "--upto", "3e6", "--workers", "3")
    for share in try #require(record.shares) {
      let peak = try #require(share.peakMemory)
      // Its third of three arrays, and the program itself.
      #expect(peak >= size && peak < size + 24 << 20)
    }
  }

  @Test(
    "a bad size or number of steps is one line that says what to do",
    arguments: [
      (["--size", "1000"], "--size: '1000' (expected a number of bytes from 1024"),
      (["--size", "5X"], "such as 256M"), (["--size", "60000G"], "are available (try --size "),
      (["--upto", "1e15"], "too large for memory"), (["--operation", "tried"], "--operation"),
      (["--schedule", "dynamic"], "--schedule"), (["--kernel", "sbs"], "a kernel of this processor"),
    ] as [([String], String)])
  func badSize(arguments: [String], part: String) throws {
    let outcome = try Program("scaleup-threads").run(["memory"] + arguments)
    #expect(outcome.status == 64 && outcome.output == "")
    #expect(
      outcome.error.contains(part) && outcome.error.split(separator: "\n").count == 1, "\(outcome.error)")
  }

  @Test("a run measures every operation, and shows the bandwidth of each and what the second core adds")
  func run() throws {
    let folder = try Folder()
    let outcome = try Program("scaleup").run(
      [
        "--workload", "memory", "--operation", "copy,triad", "--model", "single,threads", "--workers", "1,2",
        "--size", "64K", "--upto", "1e6", "--trials", "1", "--warmup", "0", "--output", "run.json",
      ], in: folder)
    #expect(outcome.status == 0, "\(outcome.error)")
    for part in ["memory copy, 3 arrays of 66 kB", "memory triad, 3 arrays", "GB/s", "by operation"] {
      #expect(outcome.output.contains(part), "\(part)")
    }
    let run = try RunFile.read("\(folder.path)/run.json")
    #expect(run.trials.count == 6 && run.trials.allSatisfy { $0.report?.result.value == 1_000_001 })
    let csv = try Program("scaleup").run(["report", "run.json", "--format", "csv"], in: folder)
    #expect(
      csv.output.contains(",operation,size_bytes,bandwidth_bytes_per_s,")
        && csv.output.contains(",triad,65536,"))
  }

  @Test(
    "bad arrays of a run are refused before it starts",
    arguments: [
      (["--workload", "memory", "--size", "60000G"], "three arrays of"),
      (["--workload", "sum", "--size", "1M"], "--size has no effect without memory"),
      (["--workload", "sum", "--operation", "add"], "--operation has no effect without memory"),
      (["--workload", "memory", "--operation", "subtract"], "--operation"),
    ])
  func badRun(arguments: [String], part: String) throws {
    let outcome = try Program("scaleup").run(["run", "--no-save"] + arguments)
    #expect(outcome.status == 64 && outcome.error.contains(part), "\(outcome.error)")
  }

  @Test("arrays that fit in a cache are named, and those that partly do are warned about")
  func places() throws {
    let outcome = try Program("scaleup").run([
      "run", "--no-save", "--workload", "memory", "--size", "1K", "--upto", "1e5", "--model", "single",
      "--trials", "1", "--warmup", "0",
    ])
    #expect(outcome.status == 0)
    #expect(outcome.error.contains("fit in L") || outcome.error.contains("may fit in the caches"))
  }
}
