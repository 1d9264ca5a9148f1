import Foundation
import Harness
import Records
import Testing

/// Kernels, schedules and repeated regions of `scaleup run` with the real models.
@Suite(.blocking) struct RunChoicesTests {
  private static let short = [
    "--upto", "20000", "--seconds", "0.02", "--trials", "1", "--warmup", "0", "--model",
    "single,threads,fork",
    "--workers", "2,1", "--output", "run.json",
  ]

  private func run(_ arguments: [String]) throws -> (output: String, run: RunRecord) {
    let folder = try Folder()
    let outcome = try Program("scaleup").run(Self.short + arguments, in: folder)
    #expect(outcome.status == 0, "\(outcome.error)\(outcome.output)")
    return (outcome.output, try RunFile.read("\(folder.path)/run.json"))
  }

  private func header(_ output: String) -> String {
    let line = output.split(separator: "\n").first { $0.hasPrefix("model ") }
    return line.map { $0.split(separator: " ").joined(separator: " ") } ?? ""
  }

  @Test("by default the sum also runs with vectors, at the most workers")
  func defaultSum() throws {
    let (output, run) = try run([])
    #expect(
      run.plan.configurations.map { "\($0.workload) \($0.kernel) \($0.model) \($0.workers)" } == [
        "sum scalar single 1", "sum scalar fork 2", "sum scalar fork 1", "sum scalar threads 2",
        "sum scalar threads 1", "sum simd single 1", "sum simd fork 2", "sum simd threads 2",
        "stress scalar single 1",
        "stress scalar fork 2", "stress scalar fork 1", "stress scalar threads 2", "stress scalar threads 1",
        "memory simd single 1", "memory simd fork 2", "memory simd fork 1", "memory simd threads 2",
        "memory simd threads 1",
      ])
    #expect(
      header(output).hasPrefix("model workers time speedup efficiency utilization")
    )
    #expect(output.contains("\nfork simd "))
  }

  @Test("every schedule is exact with every kernel, and the record says which it used")
  func scheduleExact() throws {
    let (output, run) = try run([
      "--workload", "sum,primes", "--kernel", "scalar,simd", "--schedule", "static,dynamic,guided", "--grain",
      "100",
    ])
    #expect(run.plan.configurations.count { $0.workload == "sum" } == 2 * (1 + 2 * 2 * 3))
    for trial in run.trials {
      let asked = run.plan.configurations[trial.configuration]
      #expect((asked.schedule == nil) == (asked.model == "single"))
      #expect(trial.report?.schedule == asked.schedule && trial.report?.grain == asked.grain)
    }
    #expect(output.contains("\nfork simd guided 100 "))
    #expect(output.contains(" guided 100 "))
  }

  @Test("a grain without a schedule means static chunks")
  func grainWithout() throws {
    let run = try run(["--workload", "sum", "--kernel", "scalar", "--grain", "5000"]).run
    #expect(Set(run.plan.configurations.map(\.schedule)) == [nil, "static"])
    #expect(Set(run.plan.configurations.map(\.grain)) == [nil, 5000])
  }

  @Test("repeated regions show the first and the steady time")
  func repeatedRegions() throws {
    let (output, run) = try run([
      "--workload", "sum,stress", "--kernel", "scalar", "--repetitions", "4", "--details",
    ])
    #expect(run.trials.allSatisfy { $0.report?.regions?.count == 4 })
    #expect(run.trials.allSatisfy { $0.report?.regions?.last == $0.report?.region })
    #expect(header(output).contains("time") && output.contains("first region"))
    #expect(!output.contains(" 0 ns") && !output.contains("inf"))
  }
}
