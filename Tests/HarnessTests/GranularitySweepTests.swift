import Analysis
import Records
import Testing

@testable import Harness

struct GranularitySweepTests {
  private static let upTo: UInt64 = 1 << 22

  /// A model with or without schedules and the workload `empty`.
  private func able(_ name: String, schedules: [String]? = ["dynamic"], hasEmpty: Bool = true)
    -> InstalledModel
  {
    let empty = ModelDescription.Workload(name: "empty", summary: "nothing", extent: .numbers)
    return InstalledModel(
      path: "/bin/\(name)",
      description: ModelDescription(
        model: name, summary: "a model", version: "1", maximumWorkers: 64, schedules: schedules,
        workloads: [sumWorkload] + (hasEmpty ? [empty] : [])))
  }

  /// A runner in which a number takes a nanosecond and a chunk `overhead` more.
  private func runner(
    overhead: Double = 1000, failing: @escaping (Configuration) -> Bool = { _ in false }
  ) -> MockRunner {
    MockRunner { configuration, _ in
      if failing(configuration) { return .failed(reason: "\(configuration.model) broke", nil) }
      let count = Double(configuration.upTo ?? 0) + 1
      let chunks = configuration.grain.map { count / Double($0) } ?? 1
      let work = configuration.workload == "sum" ? count : 0
      let time =
        (work + chunks * (configuration.model == "single" ? 0 : overhead)) / Double(configuration.workers)
      var report = TrialRecord(result: ExactInteger(0), region: UInt64(max(1, time)))
      report.regions = Array(repeating: UInt64(max(1, time)), count: configuration.repetitions ?? 1)
      return .measured(processRecord(wall: 1), report)
    }
  }

  /// A runner with the answers of another, a nanosecond more for each region beside other programs.
  private func runner(
    _ quiet: MockRunner, isDisturbed: @escaping (Configuration, Int) -> Bool
  ) -> MockRunner {
    MockRunner { (configuration, position) throws(Interruption) in
      guard case .measured(_, var report) = try quiet.run(configuration, timeout: 5) else {
        return .failed(reason: "broke", nil)
      }
      let isDisturbed = isDisturbed(configuration, position)
      if isDisturbed { report.regions = report.regions?.map { $0 + 1 } }
      return .measured(processRecord(wall: 200_000_000, foreignLoad: isDisturbed ? 1 : 0), report)
    }
  }

  private func swept(
    _ runner: MockRunner, _ models: [InstalledModel], rounds: Int = 3
  ) throws -> GranularityRecord {
    let passport = Passport(
      architecture: "x86_64", onlineCPUs: 4, effectiveCPUs: 4, kernel: "Linux 6", swift: "6.3")
    var record = GranularityRecord(
      host: "h", startedAt: "2026-01-02T03:04:05Z", passport: passport, workers: 4, upTo: Self.upTo)
    let sweep = GranularitySweep(
      runner, timeout: 5, models: models, estimate: TimeEstimate(costs: Costs(), effectiveCPUs: 4),
      rounds: rounds)
    try sweep.carryOut(&record) { _ in }
    return record
  }

  @Test("the sweep halves the chunks until a model is below a quarter of its best twice, and no further")
  func descent() throws {
    let record = try swept(runner(overhead: 1000), [able("m")])
    let grains = record.models[0].points.map(\.grain)
    #expect(grains.first == 1 << 19, "a worker gets at least two of the largest chunks")
    #expect(zip(grains, grains.dropFirst()).allSatisfy { $0 == 2 * $1 })
    #expect(grains.last == 128, "512 / 1512 is above a quarter, 256 / 1256 and 128 / 1128 below")
    #expect(record.models[0].points.allSatisfy { $0.regions.count == 3 && $0.regions[0].count == 4 })
    #expect(record.single.count == 3)
  }

  @Test("one disturbed chunk size does not end the sweep")
  func disturbance() throws {
    let quiet = runner(overhead: 1000)
    let runner = MockRunner { (configuration, _) throws(Interruption) in
      guard configuration.grain == 1 << 16 else {
        return try quiet.run(configuration, timeout: 5)
      }
      var report = TrialRecord(result: ExactInteger(0), region: 1_000_000_000)
      report.regions = Array(repeating: 1_000_000_000, count: 4)
      return .measured(processRecord(wall: 1), report)
    }
    #expect(try swept(runner, [able("m")]).models[0].points.last?.grain == 128)
  }

  @Test("the sweep ends at chunks of one number if they cost nothing")
  func oneNumber() throws {
    #expect(try swept(runner(overhead: 0), [able("m")]).models[0].points.last?.grain == 1)
  }

  @Test("every model runs a grain before the next, and single is first in every round")
  func interleaving() throws {
    let runner = runner()
    _ = try swept(runner, [able("a"), able("b")])
    let sums = runner.asked.filter { $0.workload == "sum" }
    let rounds = sums.split(whereSeparator: { $0.model == "single" }).map(Array.init)
    #expect(rounds.count == 3 && sums.first?.model == "single")
    for round in rounds {
      let order = round.map { "\($0.grain ?? 0) \($0.model)" }
      let grains = round.compactMap(\.grain)
      #expect(order == grains.enumerated().map { "\($1) \($0.isMultiple(of: 2) ? "a" : "b")" })
    }
    #expect(Set(rounds.map { $0.map(\.grain) }).count == 1)
    #expect(sums.allSatisfy { $0.repetitions == 4 && ($0.schedule == "dynamic") == ($0.model != "single") })
    #expect(runner.timeouts.allSatisfy { $0 == 5 })
  }

  @Test("empty chunks are as many as last long enough, the same number in every round")
  func emptyChunks() throws {
    let runner = runner(overhead: 100)
    let record = try swept(runner, [able("m")])
    #expect(record.models[0].emptyChunkCount == 1_000_000)
    #expect(record.models[0].emptyChunks?.count == 3)
    let counts = runner.asked.filter { $0.workload == "empty" && $0.grain == 1 }.compactMap(\.upTo)
    #expect(counts == [9999, 99_999, 999_999, 999_999, 999_999])
    #expect(record.models[0].emptyRegion?.map(\.count) == [500, 500, 500])
  }

  @Test("a model runs only the kernels and schedules it has")
  func abilities() throws {
    let runner = runner()
    let record = try swept(runner, [able("bare", schedules: nil), able("full", hasEmpty: false)])
    #expect(record.models[0].points.isEmpty && record.models[0].emptyChunks == nil)
    #expect(record.models[0].emptyRegion?.count == 3)
    #expect(!record.models[1].points.isEmpty && record.models[1].emptyRegion == nil)
  }

  @Test("a model that fails is dropped, and the others continue", arguments: ["sum", "empty"])
  func failing(workload: String) throws {
    let runner = runner { $0.model == "bad" && $0.workload == workload }
    let record = try swept(runner, [able("bad"), able("good")])
    #expect(record.models[0].failure == "bad broke")
    #expect(record.models[1].failure == nil && record.models[1].emptyChunks?.count == 3)
    #expect(runner.asked.filter { $0.model == "bad" && $0.workload == workload }.count == 1)
  }

  @Test("the sweep has no result if single fails or omits a region")
  func noBaseline() {
    #expect(throws: GranularitySweep<MockRunner>.Failure(reason: "single broke")) {
      try swept(runner { $0.model == "single" }, [able("m")])
    }
    let silent = MockRunner { _, _ in measured(wall: 1) }
    #expect(throws: GranularitySweep<MockRunner>.Failure.self) { try swept(silent, [able("m")]) }
  }

  @Test("samples that other programs disturbed are taken again and replaced")
  func replaced() throws {
    let runner = runner(runner()) { _, position in position.isMultiple(of: 2) }
    let (record, quiet) = try (swept(runner, [able("m")]), swept(self.runner(), [able("m")]))
    #expect(record.single == quiet.single && record.singleDisturbed == 0)
    let (model, quietModel) = (record.models[0], quiet.models[0])
    #expect(model.points.map(\.regions) == quietModel.points.map(\.regions))
    #expect(model.emptyRegion == quietModel.emptyRegion && model.emptyChunks == quietModel.emptyChunks)
    #expect(model.points.allSatisfy { $0.disturbed == 0 })
    #expect(model.emptyRegionDisturbed == 0 && model.emptyChunksDisturbed == 0)
    #expect(record.disturbedSamples == (0, 3 * (model.points.count + 3)))
  }

  @Test("on a machine that stays busy, samples are kept, counted, and soon not taken again")
  func busyMachine() throws {
    let (quiet, busy) = (runner(runner()) { _, _ in false }, runner(runner()) { _, _ in true })
    let (quietRecord, record) = try (swept(quiet, [able("m")]), swept(busy, [able("m")]))
    let samples = quietRecord.disturbedSamples.of
    #expect(quietRecord.disturbedSamples == (0, samples) && record.disturbedSamples == (samples, samples))
    #expect(busy.asked.count == quiet.asked.count + 5 * 2, "five samples were taken twice more")
    #expect(record.singleDisturbed == 3 && record.models[0].points.allSatisfy { $0.disturbed == 3 })
    #expect(record.models[0].emptyRegionDisturbed == 3 && record.models[0].emptyChunksDisturbed == 3)
  }

  @Test("disturbed samples are counted where they belong")
  func counted() throws {
    let runner = runner(runner()) { configuration, _ in
      configuration.model == "b" && configuration.grain == 1 << 16
    }
    let record = try swept(runner, [able("a"), able("b")])
    #expect(record.disturbedSamples.disturbed == 3 && record.singleDisturbed == 0)
    #expect(record.models[1].points.first { $0.grain == 1 << 16 }?.disturbed == 3)
  }

  @Test("disturbed samples are not counted if the foreign load is unknown")
  func unknownLoad() throws {
    let record = try swept(runner(), [able("m")])
    let model = record.models[0]
    #expect(record.singleDisturbed == nil && model.points.allSatisfy { $0.disturbed == nil })
    #expect(model.emptyRegionDisturbed == nil && model.emptyChunksDisturbed == nil)
  }

  @Test("an interruption ends the sweep")
  func interruption() {
    let runner = MockRunner { (_, _) throws(Interruption) in throw Interruption(signal: 2) }
    #expect(throws: Interruption(signal: 2)) { try swept(runner, [able("m")]) }
  }
}
