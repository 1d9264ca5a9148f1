import Records
import Testing

@testable import Harness

struct ServicePlanTests {
  private func server(_ name: String, maximumWorkers: Int = 4096, isPeer: Bool = false) -> InstalledModel {
    InstalledModel(
      path: "/bin/scaleup-\(name)",
      description: ModelDescription(
        model: name, summary: "a server", version: "1", maximumWorkers: maximumWorkers, placement: .workers,
        serves: true, workloads: [sumWorkload]), isPeer: isPeer)
  }

  private var request: PlanRequest {
    var request = PlanRequest(
      models: [server("single", maximumWorkers: 1), model("taskgroup"), server("fork")],
      workloads: [.serve], trials: 5, warmUps: 1, budget: 45_000_000_000, effectiveCPUs: 2)
    request.traffic = Traffic(path: "/api/7", connections: 8)
    return request
  }

  /// A runner in which a server answers so many requests per second in a closed loop, or fails.
  private func runner(_ capacity: @escaping (Configuration) -> Double?) -> MockRunner {
    MockRunner { configuration, _ in
      guard let rate = capacity(configuration) else {
        return .failed(reason: "\(configuration.model) broke", nil)
      }
      var report = TrialRecord(result: ExactInteger(1), region: 1)
      report.traffic = LoadRecord(url: "/", connections: 8, duration: 1, warmUp: 0)
      report.traffic?.achievedRate = rate
      return .measured(processRecord(wall: 1), report)
    }
  }

  private func measurement(_ request: PlanRequest, _ runner: MockRunner) throws -> CostMeasurement {
    try CostMeasurement(of: request, Calibration(runner))
  }

  @Test("serve is a workload of the models that say so, with one rate for all, and without placement")
  func configurations() throws {
    var request = request
    request.placement = "cores"
    let runner = runner { $0.model == "fork" && $0.workers == 2 ? 43_219 : 60_000 }
    let plan = request.plan(costs: try measurement(request, runner).costs)
    #expect(plan.configurations.map { "\($0.model) \($0.workers)" } == ["single 1", "fork 1", "fork 2"])
    // Half of the least, rounded down to two digits.
    let traffic = Traffic(path: "/api/7", rate: 21_000, connections: 8)
    #expect(plan.configurations.allSatisfy { $0.traffic == traffic && $0.placement == nil })
    #expect(plan.configurations.allSatisfy { $0.workload == "serve" && $0.upTo == nil })
    // Every configuration was tried for a short time in a closed loop.
    #expect(runner.asked.map { "\($0.model) \($0.workers)" } == ["single 1", "fork 1", "fork 2"])
    #expect(runner.asked.allSatisfy { $0.traffic?.rate == nil && $0.duration == 300_000_000 })
  }

  @Test("a given rate, or that of a baseline, needs no calibration")
  func givenRate() throws {
    var request = request
    request.traffic.rate = 0.5
    let runner = runner { _ in 1 }
    let plan = request.plan(costs: try measurement(request, runner).costs)
    #expect(runner.asked.isEmpty && plan.configurations.allSatisfy { $0.traffic?.rate == 0.5 })
  }

  @Test("a server that fails is left to fail in its trials, unless all do")
  func failures() throws {
    let one = try measurement(request, runner { $0.model == "single" ? nil : 1000 })
    #expect(one.costs.leastCapacity == 1000 && one.failures.isEmpty)
    #expect(throws: CalibrationFailure(subject: "the rate of serve", reason: "single broke")) {
      try measurement(request, runner { _ in nil })
    }
  }

  @Test(
    "a rate is rounded down to two digits",
    arguments: [
      (43_219.0, 43_000.0), (99.99, 99), (100, 100), (7, 7), (1.57, 1.5), (0.0449, 0.044), (1e9, 1e9),
    ])
  func rounding(value: Double, rounded: Double) {
    #expect(roundedDown(value) == rounded)
  }

  @Test("the duration of the trials and their warm-up fit into the budget")
  func duration() throws {
    let plan = request.plan(costs: try measurement(request, runner { _ in 1000 }).costs)
    let duration = try #require(plan.configurations.first?.duration)
    // 45 s for 6 rounds of 3 trials leave more than the longest duration.
    #expect(duration == 1_000_000_000)
    var short = request
    short.budget = 9_000_000_000
    let costs = try measurement(short, runner { _ in 1000 }).costs
    // 9 s for 18 trials of 1.2 durations.
    #expect(short.plan(costs: costs).configurations.allSatisfy { $0.duration == 400_000_000 })
    let estimate = TimeEstimate(costs: costs, effectiveCPUs: 2)
    #expect(estimate.time(of: try #require(plan.configurations.first)) == 1.2e9)
  }

  @Test("a model that only serves takes part, and a peer may serve too")
  func catalog() {
    var only = server("x", isPeer: true).description
    only.workloads = []
    let catalog = ModelCatalog(models: [InstalledModel(path: "/x", description: only, isPeer: true)])
    #expect(catalog.workloads == [.serve])
    var request = request
    request.models = catalog.models
    #expect(request.configurations.map(\.isPeer) == [true, true])
  }
}
