import Records
import Testing

@testable import Harness

/// The plan of the workload `memory`.
struct PlanArraysTests {
  private static let memory = ModelDescription.Workload(
    name: "memory", summary: "", extent: .numbers, kernels: ["scalar", "simd"],
    operations: ["copy", "scale", "add", "triad"])
  private static let elements: UInt64 = 1_000_000

  private func request(effectiveCPUs: Int = 4) -> PlanRequest {
    var request = PlanRequest(
      models: [
        model("single", maximumWorkers: 1, workloads: [Self.memory]),
        model("fork", workloads: [Self.memory]), model("threads", workloads: [Self.memory]),
      ],
      workloads: [Self.memory], trials: 5, warmUps: 1, budget: 45_000_000_000, effectiveCPUs: effectiveCPUs)
    request.size = 8 * Self.elements
    return request
  }

  /// Costs of memory whose steps take a nanosecond, with so much time besides.
  private func costs(preparation: Double = 0, operations: [String] = ["triad"]) -> Costs {
    var costs = Costs()
    var cost = Cost(upTo: 1_000_000, time: 1_000_000)
    cost.preparation = preparation
    for operation in operations { costs["memory", "simd", operation: operation] = cost }
    return costs
  }

  @Test("memory runs with vectors, at every worker count, in whole passes that take long enough")
  func standard() {
    let plan = request().plan(costs: costs())
    #expect(
      plan.configurations.map { "\($0.kernel) \($0.model) \($0.workers) \($0.operation ?? "-")" }
        == ["single 1"].map { "simd \($0) triad" }
        + ["fork", "threads"].flatMap { model in [1, 2, 4].map { "simd \(model) \($0) triad" } })
    for configuration in plan.configurations {
      #expect(configuration.size == 8 * Self.elements)
      let steps = (configuration.upTo ?? 0) + 1
      #expect(steps.isMultiple(of: Self.elements))
      #expect(steps >= UInt64(150_000_000 * configuration.workers))
    }
  }

  @Test("every operation has configurations of its own")
  func operations() {
    var request = request(effectiveCPUs: 1)
    request.operations = ["copy", "triad"]
    let plan = request.plan(costs: costs(operations: ["copy", "triad"]))
    #expect(plan.configurations.map { "\($0.operation ?? "-") \($0.model)" }.prefix(4).last == "triad single")
    #expect(plan.configurations.count == 6)
  }

  @Test("an N that is given is not rounded to whole passes")
  func givenAmount() {
    var request = request()
    request.upTo = 1_234_567
    #expect(request.plan(costs: costs()).configurations.allSatisfy { $0.upTo == 1_234_567 })
  }

  @Test("a schedule is for numbers, not for arrays")
  func schedules() {
    var request = request()
    request.schedules = ["dynamic"]
    #expect(request.plan(costs: costs()).configurations.allSatisfy { $0.schedule == nil })
  }

  @Test(
    "if touching the arrays takes too long, only single and threads run memory, unless all were asked for")
  func trimming() {
    for mayTrim in [false, true] {
      for (preparation, isSlow) in [(1e6, false), (3e9, true)] {
        var request = request(effectiveCPUs: 2)
        request.models[2] = placing("threads")
        request.mayTrimMemory = mayTrim
        let models = Set(
          request.plan(costs: costs(preparation: preparation)).configurations.map(\.model))
        #expect(models == (mayTrim && isSlow ? ["single", "threads"] : ["single", "fork", "threads"]))
      }
    }
  }

  private func placing(_ name: String) -> InstalledModel {
    InstalledModel(
      path: "/bin/scaleup-\(name)",
      description: ModelDescription(
        model: name, summary: "", version: "0.1.0", maximumWorkers: 4096, placement: .workers,
        workloads: [Self.memory]))
  }

  @Test("calibration of memory begins with one pass, and counts the time besides the region")
  func calibration() throws {
    let runner = MockRunner { configuration, _ in
      let region = (configuration.upTo ?? 0) + 1
      return measured(wall: region + 5_000_000, region: region)
    }
    let asked = Configuration(
      model: "single", workload: "memory", kernel: "simd", workers: 1, operation: "triad",
      size: 8 * Self.elements)
    let cost = try Calibration(runner).cost(of: asked)
    #expect(runner.asked.map(\.upTo) == [999_999, 9_999_999, 99_999_999])
    #expect(cost.preparation == 5_000_000)
    let estimate = TimeEstimate(costs: costs(preparation: 5_000_000), effectiveCPUs: 2)
    var configuration = asked
    configuration.upTo = 999_999
    #expect(estimate.time(of: configuration) > 5_900_000)
  }

  @Test("costs are measured for every operation of the suite and of the peers")
  func measuredCosts() throws {
    var request = request()
    request.models.append(model("c", workloads: [Self.memory], isPeer: true))
    request.operations = ["copy", "triad"]
    let runner = MockRunner { configuration, _ in measured(wall: 2, region: (configuration.upTo ?? 0) + 1) }
    let costs = try CostMeasurement(of: request, Calibration(runner)).costs
    #expect(Set(runner.asked.map(\.model)) == ["single", "c"])
    #expect(runner.asked.allSatisfy { $0.kernel == "simd" && $0.size == 8 * Self.elements })
    for operation in request.operations {
      #expect(costs["memory", "simd", operation: operation] != nil)
      #expect(costs["memory", "simd", peer: "c", operation: operation] != nil)
    }
  }
}
