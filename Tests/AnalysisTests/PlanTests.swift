import Records
import Testing

@testable import Analysis

@Suite struct PlanTests {
  private func plan(_ rate: Double, _ objective: LatencyObjective? = nil) -> PlanRecord {
    PlanRecord(
      month: 2.5e6, traffic: .init(amounts: [], mean: rate, peak: rate, peakFactor: nil),
      objective: objective,
      target: 0.5, waitProbability: 0.2)
  }

  /// A size with a demand in milliseconds.
  private func size(_ cores: Int, _ demand: Double, _ law: PlanRecord.Law? = nil) -> PlannedSize {
    PlannedSize(name: "\(cores)", cores: cores, demand: .init(demand * 1e6), demandSource: "given", law: law)
  }

  @Test("the load is rate × demand, and each rule gives its number of instances")
  func rules() throws {
    var plan = plan(1000)
    try plan.add(size(1, 10))
    try plan.add(size(4, 10))
    #expect(plan.sizes.map(\.load.value) == [10, 10])
    #expect(plan.sizes.map(\.byUtilization.value) == [20, 5])
    // Erlang C: 14 cores for 10 Erlangs; the square-root rule has 10 + 1.06 √10.
    #expect(plan.sizes.map(\.byWait?.value) == [14, 4] && plan.sizes.map(\.bySquareRoot.value) == [14, 4])
    // One more for a loss.
    #expect(plan.sizes.map(\.instances.value) == [21, 6])
  }

  @Test("a whole number of instances is not rounded up by an error in the last digit")
  func rounding() throws {
    var plan = plan(40_000)
    try plan.add(size(1, 8))
    #expect(plan.sizes[0].load.value == 320 && plan.sizes[0].byUtilization.value == 640)
  }

  @Test("the number by objective is the least that meets it, and large instances need fewer cores")
  func objective() throws {
    // One core at demand 10 ms: M/M/1 with processor sharing.
    var plan = plan(1000, LatencyObjective(percentile: 95, time: 100_000_000))
    for cores in [1, 4, 16] { try plan.add(size(cores, 10)) }
    let counts = plan.sizes.compactMap(\.byObjective?.value)
    #expect(counts.count == 3 && plan.sizes[0].instances.value == counts[0] + 1)
    let total = zip(counts, [1.0, 4, 16]).map { $0 * $1 }
    #expect(total[0] > total[1] && total[1] >= 11 && total[2] >= 11)
    // At mean response 10 / (1 − ρ), its 95th percentile is more than 3 times the mean at low load.
    #expect((14...20).contains(counts[0]))
  }

  @Test("an objective below the time of a request alone is unreachable")
  func unreachable() {
    var plan = plan(10, LatencyObjective(percentile: 95, time: 20_000_000))
    #expect(throws: PlanError.self) { try plan.add(size(2, 8)) }
    #expect(throws: Never.self) { try plan.add(size(2, 6)) }
    #expect(throws: PlanError.tooManyInstances(size: "1")) {
      var huge = self.plan(1e9)
      try huge.add(size(1, 100_000))
    }
  }

  @Test("a scaling law takes cores away, and the interval of the demand goes through")
  func lawAndError() throws {
    var plan = plan(1000)
    var size = size(8, 10, .init(alpha: 0.05, beta: 0, isMeasured: true))
    size.demand = .init(10e6, lower: 9e6, upper: 12e6)
    try plan.add(size)
    let found = plan.sizes[0]
    #expect(abs(found.effectiveCores - 8 / 1.35) < 1e-12)
    #expect(found.load == .init(10, lower: 9, upper: 12))
    // 10 / (0.5 × 5.93) = 3.4; 9 → 3.04 and 12 → 4.05.
    #expect(
      found.byUtilization == .init(4, lower: 4, upper: 5) && found.instances == .init(5, lower: 5, upper: 6))
  }

  @Test("costs and the break-even rate follow from prices and the length of a month")
  func costs() throws {
    var plan = plan(1000)
    plan.serverless = .init(pricePerRequest: 2e-7, requestsPerMonth: 1000 * 2.5e6)
    var size = size(4, 10)
    size.price = 0.36
    try plan.add(size)
    let cost = try #require(plan.sizes[0].monthlyCost)
    #expect(abs(cost - 6 * 0.36 * 2.5e6 / 3600) < 1e-9)
    #expect(abs(try #require(plan.serverless).monthlyCost - 500) < 1e-9)
    let rate = try #require(plan.sizes[0].breakEvenRate)
    #expect(abs(rate.value - cost / 2e-7 / 2.5e6) < 1e-9 && rate.lower == nil && rate.upper == nil)
  }

  @Test("the break-even rate has the interval of the planned instances")
  func breakEvenInterval() throws {
    var plan = plan(1000)
    plan.serverless = .init(pricePerRequest: 1e-6, requestsPerMonth: 1000 * 2.5e6)
    var size = size(4, 10)
    (size.demand, size.price) = (.init(10e6, lower: 8e6, upper: 12e6), 0.36)
    try plan.add(size)
    let (instances, rate) = (plan.sizes[0].instances, try #require(plan.sizes[0].breakEvenRate))
    // An instance costs 10^-4 a second, which is the price of 100 requests.
    for (count, rate) in zip(
      [instances.lower, instances.value, instances.upper], [rate.lower, rate.value, rate.upper])
    {
      #expect(abs(try #require(rate) - 100 * (try #require(count))) < 1e-6)
    }
    #expect(instances.lower ?? 0 < instances.upper ?? 0)
  }

  @Test("a run gives the median CPU time per request of its cheapest server, with its interval")
  func demandOfRun() throws {
    let run = services([serve("fork", 2), serve("threads", 2)], rounds: 8) { position, round in
      served(
        position, cpuTime: (position == 0 ? 40_000 : 50_000) + 1000 * Double(round % 4), workers: [500, 500])
    }
    let size = try PlannedSize(run, name: "a", model: nil)
    #expect(size.cores == 2 && size.demandSource.contains("fork with 2 workers"))
    let demand = size.demand
    #expect((40_000...43_000).contains(demand.value))
    #expect(try #require(demand.lower) <= demand.value && demand.value <= (try #require(demand.upper)))
    #expect(try PlannedSize(run, name: "a", model: "threads").demand.value > 50_000 - 1)
    #expect(throws: MissingDemand.self) { try PlannedSize(run, name: "a", model: "dispatch") }
  }

  @Test("a run without a server says which command measures one")
  func missingDemand() {
    let record = run([], [])
    do {
      _ = try PlannedSize(record, name: "a", model: nil)
      Issue.record("expected an error")
    } catch {
      #expect(error.description.contains("scaleup run --workload serve"))
    }
  }

  @Test("a capacity record gives the demand, the measured capacity and the law of its cores")
  func demandOfCapacity() throws {
    let record = capacities([
      capacity("fork", 1, 1000, 1010), capacity("fork", 2, 1950, 1960), capacity("fork", 3, 2850, 2860),
      capacity("fork", 4, 3700, 3710),
    ])
    let size = try PlannedSize(record, name: "a", model: nil)
    #expect(size.cores == 4 && size.demand.value == 1e6)
    #expect(size.capacity?.rate == 3700...3710 && size.law?.isMeasured == true && size.effectiveCores < 4)
    var plan = plan(10_000)
    try plan.add(size)
    #expect(plan.sizes[0].byCapacity == .init(3, lower: 3, upper: 3))
  }
}
