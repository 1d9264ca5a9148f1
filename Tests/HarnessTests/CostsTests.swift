import Records
import TestSupport
import Testing

@testable import Harness

struct CostTests {
  @Test("the cost grows with N by its exponent")
  func powerLaw() {
    let linear = Cost(upTo: 1000, time: 50)
    #expect(linear.time(of: 1000) == 50 && linear.time(of: 4000) == 200 && linear.time(of: 0) == 0)
    let quadratic = Cost(upTo: 1000, time: 50, exponent: 2)
    #expect(quadratic.time(of: 1000) == 50 && quadratic.time(of: 4000) == 800)
  }

  @Test("the N for a given time takes that time, for any cost")
  func inverse() {
    var generator = SplitMix64(seed: 21)
    for _ in 0..<500 {
      let cost = Cost(
        upTo: .random(in: 1...1_000_000_000_000, using: &generator),
        time: .random(in: 1...1e9, using: &generator), exponent: .random(in: 1...2, using: &generator))
      let time = Double.random(in: 1e9...1e10, using: &generator)
      let upTo = cost.upTo(taking: time)
      #expect(abs(cost.time(of: UInt64(upTo.rounded())) / time - 1) < 2 * 2 / upTo + 1e-9)
    }
  }

  @Test(
    "two measurements give the exponent, between 1 and 2",
    arguments: [
      (10, 1), (100, 2), (31.622_776_601_683_793, 1.5),
      // Outside, one of the two was disturbed.
      (1, 1), (0.1, 1), (9.99, 1), (101, 2), (1e9, 2),
    ])
  func exponent(growth: Double, exponent: Double) {
    let cost = Cost((upTo: 1000, time: 2e6), (upTo: 10_000, time: 2e6 * growth))
    #expect(abs(cost.exponent - exponent) < 1e-9)
    #expect(cost.upTo == 10_000 && cost.time == 2e6 * growth)
  }
}

struct CostsTests {
  private func configuration(
    _ model: String, kernel: String = "scalar", isPeer: Bool? = nil, workload: String = "sum"
  ) -> Configuration {
    Configuration(model: model, isPeer: isPeer, workload: workload, kernel: kernel, workers: 3, upTo: 5)
  }

  @Test("all models of the suite share costs, per workload and kernel")
  func suite() {
    var costs = Costs()
    costs["sum", "scalar"] = Cost(upTo: 1, time: 1)
    costs["sum", "simd"] = Cost(upTo: 1, time: 2)
    costs["primes", "scalar"] = Cost(upTo: 1, time: 3)
    for model in ["single", "fork", "new"] {
      #expect(costs.cost(of: configuration(model))?.time == 1)
      #expect(costs.cost(of: configuration(model, kernel: "simd"))?.time == 2)
      #expect(costs.cost(of: configuration(model, workload: "primes"))?.time == 3)
      #expect(costs.cost(of: configuration(model, workload: "empty")) == nil)
    }
  }

  @Test("a peer has costs of its own")
  func peers() {
    var costs = Costs()
    costs["sum", "scalar"] = Cost(upTo: 1, time: 1)
    costs["sum", "scalar", peer: "rust"] = Cost(upTo: 1, time: 2)
    #expect(costs.cost(of: configuration("rust", isPeer: true))?.time == 2)
    #expect(costs.cost(of: configuration("go", isPeer: true)) == nil)
    // A model of the suite that goes by a peer's name is none.
    #expect(costs.cost(of: configuration("rust"))?.time == 1)
  }

  @Test("a kernel that was not measured costs as much as the scalar one of its model")
  func fallBack() {
    var costs = Costs()
    costs["sum", "scalar"] = Cost(upTo: 1, time: 1)
    costs["sum", "scalar", peer: "rust"] = Cost(upTo: 1, time: 2)
    #expect(costs.cost(of: configuration("fork", kernel: "avx2"))?.time == 1)
    #expect(costs.cost(of: configuration("rust", kernel: "avx2", isPeer: true))?.time == 2)
    costs["sum", "avx2"] = Cost(upTo: 1, time: 3)
    #expect(costs.cost(of: configuration("fork", kernel: "avx2"))?.time == 3)
    #expect(costs.cost(of: configuration("rust", kernel: "avx2", isPeer: true))?.time == 2)
  }

  @Test("a cost can be removed")
  func removal() {
    var costs = costs(["sum": 1e9])
    costs["sum", "scalar"] = nil
    #expect(costs == Costs())
  }
}
