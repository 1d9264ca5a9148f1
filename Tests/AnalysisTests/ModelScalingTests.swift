import Analysis
import Records
import TestSupport
import Testing

struct ModelScalingTests {
  /// The time of a sum under the universal law.
  private func time(_ workers: Int, alpha: Double, beta: Double) -> Double {
    let others = Double(workers - 1)
    return 1e9 * (1 + alpha * others + beta * Double(workers) * others) / Double(workers)
  }

  private func scalings(_ run: RunRecord) -> [ModelScaling] {
    RunAnalysis(run).workloads.flatMap(\.scalings)
  }

  @Test("each model's scaling gives the law its run was made from, despite noise")
  func found() throws {
    var generator = SplitMix64(seed: 65)
    let models: [String: (alpha: Double, beta: Double)] = [
      "fork": (0.05, 0), "threads": (0.02, 0.002), "single": (0, 0),
    ]
    let configurations =
      [sum("single", 1)] + ["fork", "threads"].flatMap { model in [1, 2, 4, 8, 16].map { sum(model, $0) } }
    let run = run(configurations, rounds: 15, effectiveCPUs: 16) { configuration, _ in
      models[configuration.model].map {
        self.time(configuration.workers, alpha: $0.alpha, beta: $0.beta) * noise(0.005, &generator)
      }
    }
    let found = scalings(run)
    #expect(found.map(\.configuration.model) == ["fork", "threads"])
    #expect(found[0].fit.points.map(\.trials) == [15, 15, 15, 15, 15])
    let amdahl = try #require(found[0].fit.fit(of: .amdahl)?[.f])
    #expect(amdahl.interval.contains(0.05) && abs(amdahl.value - 0.05) < 0.003)
    let usl = try #require(found[1].fit.fit(of: .usl))
    #expect(try #require(usl[.alpha]).interval.contains(0.02))
    #expect(try #require(usl[.beta]).interval.contains(0.002))
    #expect(found[1].fit.closest?.law == .usl)
    #expect(usl.predictions.map(\.workers) == [32, 64] && usl.predictions.allSatisfy(\.isExtrapolated))
  }

  @Test("scaling of a fixed time is of rates and has no serial fraction")
  func fixedTime() throws {
    let run = run([1, 2, 4].map { stress("fork", $0) } + [stress("single", 1)], rounds: 5) {
      configuration, _ in
      Double(configuration.workers) * 900 - 300 * Double(configuration.workers - 1)
    }
    let found = try #require(scalings(run).first)
    #expect(abs(try #require(found.fit.fit(of: .gustafson)?.value(of: .f)) - 1.0 / 3) < 1e-6)
    #expect(found.serialFraction == nil)
  }

  @Test("scaling leaves out oversubscribed workers and trials that do not count")
  func leftOut() throws {
    var run = run([1, 2, 3, 4, 8, 16].map { sum("fork", $0) }, rounds: 3) { configuration, round in
      configuration.workers == 3 ? nil : self.time(configuration.workers, alpha: 0.1, beta: 0) + Double(round)
    }
    run.trials.append(measured(0, region: 1, warmUp: true))
    let found = try #require(scalings(run).first)
    #expect(found.fit.points.map(\.workers) == [1, 2, 4] && found.fit.points.map(\.trials) == [3, 3, 3])
    #expect(abs(try #require(found.fit.fit(of: .amdahl)?.value(of: .f)) - 0.1) < 1e-6)
  }

  @Test("each kernel and schedule scales by itself, and one worker count does not scale")
  func groups() {
    var dynamic = [1, 2].map { sum("fork", $0) }
    for place in dynamic.indices { dynamic[place].schedule = "dynamic" }
    let configurations =
      [sum("single", 1), sum("threads", 4)] + [1, 2].map { sum("fork", $0) }
      + [1, 4].map { sum("fork", $0, kernel: "simd") } + dynamic
    let found = scalings(run(configurations, rounds: 1) { _, _ in 1000 })
    #expect(found.map(\.configuration.kernel) == ["scalar", "simd", "scalar"])
    #expect(found.map(\.configuration.schedule) == [nil, nil, "dynamic"])
    #expect(found.map { $0.fit.points.map(\.workers) } == [[1, 2], [1, 4], [1, 2]])
    #expect(found.allSatisfy { $0.fit.closest == nil })
  }
}

struct SerialFractionTrendTests {
  /// A run in which the serial fraction of `fork` is given by the number of workers.
  private func trend(
    workers: [Int] = [1, 2, 4, 8], rounds: Int = 9, effectiveCPUs: Int = 8, noise part: Double = 0.004,
    fraction: (Double) -> Double
  ) throws -> SerialFractionTrend? {
    var generator = SplitMix64(seed: 66)
    let run = run(
      [sum("single", 1)] + workers.map { sum("fork", $0) }, rounds: rounds, effectiveCPUs: effectiveCPUs
    ) { configuration, _ in
      let p = Double(configuration.workers)
      let cost = p == 1 ? 1 : fraction(p) * (1 - 1 / p) + 1 / p
      return 1e9 * cost * noise(part, &generator)
    }
    return try #require(RunAnalysis(run).workloads.first?.scalings.first).serialFraction
  }

  @Test("the trend of the serial fraction is found: growing, constant, zero or falling")
  func known() throws {
    let grows = try #require(try trend { 0.01 * $0 })
    #expect(grows.finding == .grows && grows.first.workers == 2 && grows.last.workers == 8)
    #expect(grows.first.interval.contains(0.02) && grows.last.interval.contains(0.08))
    let constant = try #require(try trend { _ in 0.1 })
    #expect(constant.finding == .constant)
    #expect(constant.first.interval.contains(0.1) && constant.last.interval.contains(0.1))
    #expect(try trend { _ in 0 }?.finding == .nothing)
    #expect(try trend { 0.2 / $0 }?.finding == .falls)
  }

  @Test("workers that are slower than one have no serial part, whatever the trend")
  func slower() throws {
    #expect(try trend { _ in 1.2 }?.finding == .slower)
    #expect(try trend { 0.2 * $0 }?.finding == .slower)
  }

  @Test("noise hides the trend of the serial fraction")
  func hidden() throws {
    #expect(try trend(noise: 0.2) { 0.02 + 0.001 * $0 }?.finding == .nothing)
  }

  @Test("the trend needs three parallel worker counts within the CPUs, and five rounds")
  func undefined() throws {
    #expect(try trend(workers: [2, 4, 8]) { _ in 0.1 } != nil)
    #expect(try trend(workers: [1, 2, 4]) { _ in 0.1 } == nil)
    #expect(try trend(workers: [1, 2, 4, 8, 16], effectiveCPUs: 4) { _ in 0.1 } == nil)
    #expect(try trend(rounds: 4) { _ in 0.1 } == nil)
  }
}
