import Records
import TestSupport
import Testing

@testable import Harness

let sumWorkload = ModelDescription.Workload(name: "sum", summary: "sums", extent: .numbers)
/// The sum of a machine that has vectors.
let vectorSumWorkload = ModelDescription.Workload(
  name: "sum", summary: "sums", extent: .numbers, kernels: ["scalar", "simd", "avx2", "portable"])
let stressWorkload = ModelDescription.Workload(
  name: "stress", summary: "is busy", extent: .period)

/// A model of the suite as it describes itself.
func model(
  _ name: String, maximumWorkers: Int = 4096,
  workloads: [ModelDescription.Workload] = [sumWorkload, stressWorkload], schedules: [String]? = nil,
  isPeer: Bool = false
) -> InstalledModel {
  InstalledModel(
    path: "/bin/scaleup-\(name)",
    description: ModelDescription(
      model: name, summary: "a model", version: "0.1.0", maximumWorkers: maximumWorkers, schedules: schedules,
      workloads: workloads),
    isPeer: isPeer)
}

/// Returns the request of a run without limits: every model of the suite with all that it offers.
func defaultRequest(effectiveCPUs: Int) -> PlanRequest {
  let workloads = [vectorSumWorkload, stressWorkload]
  let schedules = ["static", "dynamic", "guided"]
  return PlanRequest(
    models: ModelCatalog.standard.map { name in
      name == "single"
        ? model(name, maximumWorkers: 1, workloads: workloads)
        : model(name, workloads: workloads, schedules: schedules)
    },
    workloads: workloads, trials: 5, warmUps: 1, budget: 50_000_000_000, effectiveCPUs: effectiveCPUs)
}

/// Some models on a machine, without vectors and schedules, with the budget of a run.
func suiteRequest(effectiveCPUs: Int = 4) -> PlanRequest {
  PlanRequest(
    models: [model("single", maximumWorkers: 1), model("fork"), model("dispatch"), model("taskgroup")],
    workloads: [sumWorkload, stressWorkload], trials: 5, warmUps: 1, budget: 50_000_000_000,
    effectiveCPUs: effectiveCPUs)
}

struct PlanRequestTests {
  @Test("a plan has every workload, model and worker count, in this order")
  func wholeSuite() {
    let plan = suiteRequest().plan(costs: costs(["sum": 4e9]))
    let parts =
      ["single 1"]
      + ["fork", "dispatch", "taskgroup"].flatMap { model in [1, 2, 4].map { "\(model) \($0)" } }
    #expect(
      plan.configurations.map { "\($0.workload) \($0.model) \($0.workers)" }
        == parts.map { "sum \($0)" } + parts.map { "stress \($0)" })
    #expect((plan.trials, plan.warmUps) == (5, 1))
    #expect(plan.trialCount == 20 * 6)
    #expect(plan.configurations.allSatisfy { ($0.upTo != nil) == ($0.workload == "sum") })
    #expect(plan.configurations.allSatisfy { ($0.duration != nil) == ($0.workload == "stress") })
    #expect(Set(plan.configurations).count == plan.configurations.count)
  }

  @Test("the model single has one worker, whatever was requested")
  func single() {
    var request = suiteRequest()
    request.workers = [2, 4]
    let plan = request.plan(costs: costs(["sum": 4e9]))
    #expect(Set(plan.configurations.filter { $0.model == "single" }.map(\.workers)) == [1])
    #expect(plan.configurations.filter { $0.model == "single" }.count == 2)
    #expect(Set(plan.configurations.filter { $0.model != "single" }.map(\.workers)) == [2, 4])
  }

  @Test("worker counts beyond a model's maximum are left out")
  func maximumWorkers() {
    var request = suiteRequest(effectiveCPUs: 8)
    request.models = [model("few", maximumWorkers: 3)]
    let plan = request.plan(costs: costs(["sum": 4e9]))
    #expect(plan.configurations.map(\.workers) == [1, 2, 1, 2])
  }

  @Test("a model without a workload is left out of it")
  func workloadOfSome() {
    var request = suiteRequest(effectiveCPUs: 1)
    request.models = [
      model("a", workloads: [sumWorkload]), model("b", workloads: [stressWorkload]),
      model("c", workloads: []),
    ]
    let plan = request.plan(costs: costs(["sum": 4e9]))
    #expect(plan.configurations.map { "\($0.workload) \($0.model)" } == ["sum a", "stress b"])
  }

  @Test("a plan is empty if nothing requested exists")
  func nothing() {
    var request = suiteRequest()
    request.models = [model("few", maximumWorkers: 2)]
    request.workers = [4]
    #expect(request.plan(costs: costs(["sum": 4e9])).configurations.isEmpty)
  }

  @Test("N is a round number for which one worker takes about half a second, or more for more workers")
  func chosenAmount() throws {
    var generator = SplitMix64(seed: 11)
    for _ in 0..<300 {
      let rate = Double.random(in: 1e5...1e11, using: &generator)
      let plan = suiteRequest().plan(costs: costs(["sum": rate]))
      let upTo = try #require(plan.configurations.first?.upTo)
      #expect((0.31...0.8).contains(Double(upTo) / rate))
      for configuration in plan.configurations where configuration.workload == "sum" {
        let time = Double(try #require(configuration.upTo)) / rate / Double(configuration.workers)
        #expect(configuration.upTo == upTo ? time >= 0.15 : (0.15..<0.17).contains(time))
      }
    }
  }

  @Test("every kernel has an N that takes it half a second")
  func kernels() {
    var costs = costs(["sum": 4e9])
    costs["sum", "simd"] = Cost(upTo: 40_000_000_000, time: 1e9)
    let plan = suiteRequest(effectiveCPUs: 2).plan(costs: costs)
    for configuration in plan.configurations where configuration.workload == "sum" {
      #expect(configuration.upTo == (configuration.kernel == "simd" ? 20_000_000_000 : 2_000_000_000))
    }
  }

  @Test("if numbers differ in cost, all worker counts have the same N, with which no region is too short")
  func differingCosts() throws {
    var request = suiteRequest(effectiveCPUs: 16)
    request.workloads = [ModelDescription.Workload(name: "primes", summary: "", extent: .numbers)]
    request.models = [model("threads", workloads: request.workloads)]
    request.budget = 1_000_000_000_000
    var costs = Costs()
    costs["primes", "scalar"] = Cost(upTo: 1_000_000, time: 0.2e9, exponent: 1.5)
    let plan = request.plan(costs: costs)
    let amounts = Set(plan.configurations.compactMap(\.upTo))
    let time = try #require(costs["primes", "scalar"]).time(of: try #require(amounts.first))
    #expect(amounts.count == 1 && time / 16 >= 0.15e9)
  }

  @Test("a given N is used", arguments: [0, 1, 12345, UInt64.max - 1])
  func givenAmount(upTo: UInt64) {
    var request = suiteRequest()
    request.upTo = upTo
    let plan = request.plan(costs: costs(["sum": 4e9]))
    #expect(Set(plan.configurations.filter { $0.workload == "sum" }.map(\.upTo)) == [upTo])
  }

  @Test("a plan repeats the amounts and the time of its baseline unless others are requested")
  func baseline() {
    var request = suiteRequest()
    request.models.append(model("slow", isPeer: true))
    let planned = [("fork", nil, 777), ("slow", true, 55)].map { name, isPeer, upTo in
      Configuration(model: name, isPeer: isPeer, workload: "sum", workers: 1, upTo: upTo)
    }
    let stress = Configuration(model: "fork", workload: "stress", workers: 1, duration: 123_000_000)
    request.baseline = Plan(configurations: planned + [stress], trials: 1, warmUps: 0)
    let plan = request.plan(costs: costs(["sum": 4e9]))
    #expect(Set(plan.configurations.filter { $0.isPeer != true }.compactMap(\.upTo)) == [777])
    #expect(Set(plan.configurations.filter { $0.isPeer == true }.compactMap(\.upTo)) == [55])
    #expect(Set(plan.configurations.compactMap(\.duration)) == [123_000_000])
    (request.upTo, request.duration) = (99, 200_000_000)
    let asked = request.plan(costs: costs(["sum": 4e9]))
    #expect(Set(asked.configurations.compactMap(\.upTo)) == [99])
    #expect(Set(asked.configurations.compactMap(\.duration)) == [200_000_000])
    request.baseline = Plan(configurations: [], trials: 1, warmUps: 0)
    (request.upTo, request.duration) = (nil, nil)
    #expect(request.plan(costs: costs(["sum": 4e9])) == suiteRequestWithPeer.plan(costs: costs(["sum": 4e9])))
  }

  private var suiteRequestWithPeer: PlanRequest {
    var request = suiteRequest()
    request.models.append(model("slow", isPeer: true))
    return request
  }
}
