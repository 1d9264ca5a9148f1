import Records
import TestSupport
import Testing

@testable import Harness

struct PlanPeerTests {
  private func request(_ peers: [String]) -> PlanRequest {
    var request = suiteRequest(effectiveCPUs: 2)
    request.budget = 1_000_000_000_000
    request.models += peers.map { model($0, isPeer: true) }
    return request
  }

  /// Returns costs from the rates of the suite and of peers, in numbers per second.
  private func costs(suite: Double?, _ peers: [String: Double]) -> Costs {
    var costs = Costs()
    costs["sum", "scalar"] = suite.map { Cost(upTo: 1_000_000, time: 1e15 / $0) }
    for (peer, rate) in peers {
      costs["sum", "scalar", peer: peer] = Cost(upTo: 1_000_000, time: 1e15 / rate)
    }
    return costs
  }

  private func amounts(_ plan: Plan) -> [String: Set<UInt64>] {
    Dictionary(grouping: plan.configurations.filter { $0.workload == "sum" }, by: \.model)
      .mapValues { Set($0.compactMap(\.upTo)) }
  }

  @Test("peers are marked in the plan")
  func marks() {
    let plan = request(["rust", "go"]).plan(costs: costs(suite: 4e9, ["rust": 4e9]))
    #expect(Set(plan.configurations.filter { $0.isPeer == true }.map(\.model)) == ["rust", "go"])
    #expect(plan.configurations.allSatisfy { $0.isPeer != false })
  }

  @Test("a peer has the suite's N unless it takes more than ten times as long, or too little to measure")
  func slow() {
    let plan = request(["fast", "slow", "slower", "unknown"]).plan(
      costs: costs(suite: 4e9, ["fast": 4e11, "slow": 4e8, "slower": 3.9e8]))
    let amounts = amounts(plan)
    for model in ["single", "fork", "slow", "unknown"] { #expect(amounts[model] == [2_000_000_000]) }
    #expect(amounts["fast"] == [200_000_000_000])
    #expect(amounts["slower"] == [200_000_000])
  }

  @Test(
    "a slow peer has an N of its own for half a second, never above the suite's"
  )
  func slowAmount() throws {
    var generator = SplitMix64(seed: 22)
    for _ in 0..<200 {
      let rate = Double.random(in: 1e3...1e8, using: &generator)
      let amounts = amounts(request(["slow"]).plan(costs: costs(suite: 4e9, ["slow": rate])))
      let upTo = try #require(amounts["slow"]?.first)
      #expect(amounts["slow"]?.count == 1)
      #expect((0.31...0.8).contains(Double(upTo) / rate))
      #expect(upTo < 2_000_000_000)
    }
  }

  @Test(
    "a peer has the given N, or a smaller one if it is slow",
    arguments: [0, 1, 1000, 1_000_000, UInt64.max - 1])
  func givenAmount(upTo: UInt64) throws {
    var request = request(["fast", "slow"])
    request.upTo = upTo
    let amounts = amounts(request.plan(costs: costs(suite: 4e9, ["fast": 4e9, "slow": 1e6])))
    #expect(amounts["single"] == [upTo] && amounts["fast"] == [upTo])
    // The greatest N takes longer than any budget.
    #expect(amounts["slow"] == [min(upTo, upTo > 1_000_000 ? 150_000 : 500_000)])
  }

  @Test("peers without the suite have the N at which the first takes half a second")
  func alone() {
    var request = request(["first", "second", "slow"])
    request.models.removeAll { !$0.isPeer }
    let amounts = amounts(request.plan(costs: costs(suite: nil, ["first": 1e8, "second": 1e9, "slow": 1e6])))
    #expect(amounts == ["first": [50_000_000], "second": [500_000_000], "slow": [500_000]])
  }

  @Test("a peer runs one region per trial, however many the suite runs")
  func repetitions() {
    var request = request(["rust"])
    request.repetitions = 9
    let configurations = request.plan(costs: Costs()).configurations
    #expect(configurations.allSatisfy { $0.repetitions == ($0.isPeer == true ? nil : 9) })
    request.repetitions = 1
    #expect(request.plan(costs: Costs()).configurations.allSatisfy { $0.repetitions == nil })
  }
}
