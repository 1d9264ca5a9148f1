import Foundation
import Platform
import Records
import Testing

#if os(Linux)
  /// Workers on chosen CPUs of this machine.
  @Suite(.blocking) struct PlacementTests {
    private let usable = AllowedCPUs.online() ?? []

    private func cores(_ model: String, _ arguments: [String]) throws -> [Int?] {
      let record = try Program("scaleup-\(model)").report(["sum", "--upto", "1e6"] + arguments)
      #expect(record.result.value == 500_000_500_000)
      return (record.shares ?? []).map(\.core)
    }

    @Test("all workers of every model stay on one CPU", arguments: ModelTests.models)
    func oneCPU(model: String) throws {
      let last = try #require(usable.last)
      let workers = model == "single" ? 1 : 3
      let words = ["--placement", "\(last)", "--workers", "\(workers)", "--repetitions", "3"]
      #expect(try cores(model, words) == Array(repeating: last, count: workers))
    }

    @Test(
      "threads and processes are each on their own CPU, in the order of the list",
      arguments: ["fork", "threads"])
    func ownCPUs(model: String) throws {
      let order = Array(usable.reversed().prefix(8))
      let list = order.map { "\($0)" }.joined(separator: ",")
      #expect(try cores(model, ["--placement", list]) == order)
      let twice = order + order
      #expect(try cores(model, ["--placement", list, "--workers", "\(twice.count)"]) == twice)
    }

    @Test("a run places every model, and says where only the process is placed")
    func run() throws {
      let folder = try Folder()
      let outcome = try Program("scaleup").run(
        [
          "--workload", "sum", "--upto", "1e6", "--workers", "1", "--trials", "1", "--warmup", "0",
          "--placement", "cores",
          "--output", "r.json",
        ], in: folder)
      #expect(outcome.status == 0, "\(outcome.error)")
      #expect(
        outcome.error.contains(
          "scaleup-dispatch, scaleup-taskgroup: --placement cores applies to the process"))
      let run = try JSONDecoder().decode(RunRecord.self, from: Data(try #require(folder.text("r.json")).utf8))
      #expect(run.plan.configurations.allSatisfy { $0.placement == "cores" })
      #expect(run.trials.allSatisfy { $0.report?.placement == "cores" })
      #expect(outcome.output.contains("threads cores"))
    }

    @Test("a placement that is impossible, or that no model has, is refused before the run")
    func refused() throws {
      let outcome = try Program("scaleup").run(["run", "--placement", "65000", "--no-save"])
      #expect(
        outcome.status == 64 && outcome.error.contains("names CPU 65000, which this process may not use"))
    }
  }
#endif
