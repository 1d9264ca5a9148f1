import Records
import Testing

@testable import Harness

struct PlanKernelTests {
  private func parts(_ request: PlanRequest) -> [String] {
    request.plan(costs: costs(["sum": 4e9])).configurations
      .filter { $0.workload == "sum" }.map { "\($0.kernel) \($0.model) \($0.workers)" }
  }

  @Test("a plan has the scalar kernel everywhere, and then vectors at the greatest worker count")
  func standard() {
    var expected = ["scalar single 1"]
    for model in ModelCatalog.standard.dropFirst() {
      expected += ["scalar \(model) 1", "scalar \(model) 2", "scalar \(model) 4"]
    }
    expected += ["simd single 1"] + ModelCatalog.standard.dropFirst().map { "simd \($0) 4" }
    #expect(parts(defaultRequest(effectiveCPUs: 4)) == expected)
  }

  @Test(
    "vectors run at the greatest requested worker count, in any order",
    arguments: [[1, 4, 2], [4, 1]])
  func greatest(workers: [Int]) {
    var request = defaultRequest(effectiveCPUs: 2)
    request.workers = workers
    let vectors = parts(request).filter { $0.hasPrefix("simd ") && !$0.contains("single") }
    #expect(vectors == ModelCatalog.standard.dropFirst().map { "simd \($0) 4" })
  }

  @Test("vectors run at the greatest worker count of the model")
  func maximumWorkers() {
    var request = defaultRequest(effectiveCPUs: 8)
    request.models = [model("few", maximumWorkers: 3, workloads: [vectorSumWorkload])]
    #expect(parts(request) == ["scalar few 1", "scalar few 2", "simd few 2"])
  }

  @Test("a model or peer without vector kernels runs none")
  func unknown() {
    var request = defaultRequest(effectiveCPUs: 1)
    request.models = [
      model("plain", workloads: [sumWorkload]), model("wide", workloads: [vectorSumWorkload]),
      model("go", workloads: [sumWorkload], isPeer: true),
      model("c", workloads: [vectorSumWorkload], isPeer: true),
    ]
    #expect(
      parts(request) == [
        "scalar plain 1", "scalar wide 1", "scalar go 1", "scalar c 1", "simd wide 1", "simd c 1",
      ])
    request.kernels = ["avx2"]
    #expect(parts(request) == ["avx2 wide 1", "avx2 c 1"])
    request.kernels = ["avx512"]
    #expect(parts(request) == [])
  }

  @Test("requested kernels run at every worker count, in their order, and no others do")
  func explicit() {
    var request = defaultRequest(effectiveCPUs: 2)
    request.models = request.models.filter { ["single", "fork"].contains($0.description.model) }
    request.kernels = ["avx2", "scalar"]
    #expect(
      parts(request) == [
        "avx2 single 1", "avx2 fork 1", "avx2 fork 2", "scalar single 1", "scalar fork 1", "scalar fork 2",
      ])
  }

  @Test("a workload of fixed time runs the scalar kernel only")
  func fixedTime() {
    var request = defaultRequest(effectiveCPUs: 2)
    for kernels in [nil, ["simd"], ["scalar", "avx2"]] {
      request.kernels = kernels
      let stress = request.plan(costs: Costs()).configurations.filter { $0.workload == "stress" }
      #expect(stress.count == 1 + 4 * 2)
      #expect(stress.allSatisfy { $0.kernel == "scalar" })
    }
  }
}

struct PlanScheduleTests {
  private var request: PlanRequest {
    var request = defaultRequest(effectiveCPUs: 2)
    request.models = request.models.filter { ["single", "fork"].contains($0.description.model) }
    request.kernels = ["scalar"]
    request.workers = [2]
    return request
  }

  private func parts(_ request: PlanRequest) -> [String] {
    request.plan(costs: costs(["sum": 4e9])).configurations.map { configuration in
      let grain = configuration.grain.map { " by \($0)" } ?? ""
      return "\(configuration.workload) \(configuration.model) \(configuration.schedule ?? "none")" + grain
    }
  }

  @Test("a plan has no schedules unless they are requested")
  func standard() {
    #expect(parts(request) == ["sum single none", "sum fork none", "stress single none", "stress fork none"])
  }

  @Test("requested schedules apply to models that have them, and single stays for comparison")
  func asked() {
    var request = request
    request.schedules = ["dynamic", "static"]
    let expected = [
      "sum single none", "sum fork dynamic", "sum fork static", "stress single none", "stress fork none",
    ]
    #expect(parts(request) == expected)
  }

  @Test("a requested grain applies to every schedule")
  func grain() {
    var request = request
    request.schedules = ["guided"]
    request.grain = 1000
    #expect(parts(request).prefix(2) == ["sum single none", "sum fork guided by 1000"])
    #expect(parts(request).suffix(2) == ["stress single none", "stress fork none"])
  }

  @Test("a peer runs the requested schedules it has, or else one range per worker")
  func peers() {
    var request = request
    request.schedules = ["static", "dynamic"]
    request.grain = 5
    request.models += [
      model("go", workloads: [sumWorkload], isPeer: true),
      model("some", workloads: [sumWorkload], schedules: ["dynamic"], isPeer: true),
      model("other", workloads: [sumWorkload], schedules: ["guided"], isPeer: true),
    ]
    #expect(
      parts(request).filter { $0.hasPrefix("sum") } == [
        "sum single none", "sum fork static by 5", "sum fork dynamic by 5", "sum go none",
        "sum some dynamic by 5",
        "sum other none",
      ])
  }
}
