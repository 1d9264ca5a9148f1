import TestSupport
import Testing

@testable import Queueing

@Suite struct TieredSystemTests {
  private func tier(
    _ name: String, _ kind: Tier.Kind = .web, read: Double, write: Double = 0,
    _ change: (inout Tier) -> Void = { _ in }
  ) -> Tier {
    var tier = Tier(name, kind, read: read, write: write)
    change(&tier)
    return tier
  }

  private func system(_ tiers: [Tier], reads: Double = 1, thinkTime: Double = 5) throws -> TieredSystem {
    try #require(TieredSystem(tiers, readShare: reads, thinkTime: thinkTime))
  }

  /// A processor and two disks with 15 s of think time: Lazowska, Zahorjan, Graham and Sevcik, "Quantitative System Performance" (1984),
  /// chapters 5 and 6; with 3 users, the approximation has X = 0.1510 and R = 4.87.
  @Test("a textbook's example has its bounds, its exact and its approximate solution")
  func textbook() throws {
    let demands = [("processor", 0.605), ("first disk", 2.1), ("second disk", 1.35)]
    let system = try system(demands.map { tier($0.0, read: $0.1) }, thinkTime: 15)
    #expect(system.bottleneck?.name == "first disk" && error(of: system.capacity, from: 1 / 2.1) < 1e-15)
    #expect(error(of: system.leastResponse, from: 4.055) < 1e-14)
    let state = system.state(users: 3)
    #expect(abs(state.throughput - 0.1510) < 5e-5 && abs(state.response - 4.87) < 5e-3)
    #expect(error(of: state.mostThroughput, from: 3 / 19.055) < 1e-14)
    let many = system.state(users: 100)
    #expect(error(of: many.mostThroughput, from: 1 / 2.1) < 1e-14)
    #expect(error(of: many.leastResponse, from: 100 * 2.1 - 15) < 1e-14)
    let stations = demands.compactMap { ClosedNetwork.Station(demand: $0.1) }
    let exact = try #require(ClosedNetwork(stations: stations, thinkTime: 15)).solution(users: 3)
    #expect(abs(exact.throughput - 0.15152) < 5e-6 && abs(exact.responseTime - 4.7998) < 5e-5)
  }

  @Test(
    "the approximate state is near the exact one, for one core and for several",
    arguments: [
      [(0.1, 1), (0.3, 1), (0.2, 1)], [(0.5, 3), (0.2, 1)], [(0.3, 2), (0.5, 4), (0.1, 1)],
      [(1, 32), (0.025, 1)],
    ])
  func approximation(stations: [(Double, Int)]) throws {
    let tiers = stations.enumerated().map { index, station in
      tier("\(index)", read: station.0) { $0.cores = station.1 }
    }
    let system = try system(tiers)
    let network = try #require(
      ClosedNetwork(
        stations: stations.compactMap { ClosedNetwork.Station(demand: $0.0, servers: $0.1) }, thinkTime: 5))
    for users in [1, 2, 5, 10, 20, 40, 80, 160] {
      let (state, exact) = (system.state(users: Double(users)), network.solution(users: users))
      #expect(error(of: state.throughput, from: exact.throughput) < 0.05, "\(users)")
      #expect(state.throughput <= state.mostThroughput && state.response >= state.leastResponse * (1 - 1e-12))
    }
    #expect(error(of: system.state(users: 1).response, from: system.leastResponse) < 1e-12)
  }

  @Test("machines are queues of their own, and throughput and response rise with the users up to millions")
  func growing() throws {
    let system = try system([tier("web", read: 0.01) { ($0.instances, $0.cores) = (40, 4) }])
    var (throughput, response) = (0.0, 0.0)
    for rate in [1.0, 1000, 8000, 15_000, 16_000, 17_000, 1e6] {
      let state = system.state(rate: rate)
      #expect(state.throughput > throughput && state.response >= response * (1 - 1e-9), "\(rate)")
      (throughput, response) = (state.throughput, state.response)
    }
    #expect(error(of: throughput, from: 16_000) < 1e-3)
    // Far below the capacity, each machine is M/M/4 in the steady state.
    let queue = try #require(MultiServerQueue(servers: 4, load: 2, serviceTime: 0.01))
    #expect(error(of: system.state(rate: 8000).response, from: queue.meanResponse) < 1e-3)
  }

  @Test("a database has the capacity of its primary or of its replicas, which repeat the writes")
  func database() throws {
    // 90 reads of 10 ms and 10 writes of 20 ms: 0.9 × 10 + 0.1 × 20 = 11 ms per request.
    func database(_ change: (inout Tier) -> Void) throws -> TieredSystem {
      try system([tier("database", .database, read: 0.01, write: 0.02, change)], reads: 0.9)
    }
    let alone = try database { _ in }
    #expect(error(of: alone.capacity, from: 1 / 0.011) < 1e-12 && alone.bottleneck?.name == "database")
    let one = try database { $0.replicas = 1 }
    #expect(error(of: one.capacity, from: 1 / 0.011) < 1e-12 && one.bottleneck?.name == "database replicas")
    let four = try database { $0.replicas = 4 }
    #expect(error(of: four.capacity, from: 4 / 0.017) < 1e-12)
    let fifteen = try database { $0.replicas = 15 }
    #expect(error(of: fifteen.capacity, from: 15 / 0.039) < 1e-12)
    let cheap = try database { ($0.replicas, $0.replicaWrite) = (15, 0) }
    #expect(error(of: cheap.capacity, from: 500) < 1e-12 && cheap.bottleneck?.name == "database primary")
    let shards = try database { ($0.replicas, $0.shards, $0.cores) = (4, 3, 2) }
    #expect(error(of: shards.capacity, from: 6 * 4 / 0.017) < 1e-12 && shards.tiers[0].machines == 15)
    // A request waits for one copy, not for the replication.
    #expect(error(of: shards.leastResponse, from: 0.011) < 1e-12)
  }

  @Test("the hits of a cache spare the tiers behind it, and a hit ratio of 1 removes their reads")
  func cache() throws {
    func system(_ ratio: Double) throws -> TieredSystem {
      try self.system(
        [
          tier("web", read: 0.001, write: 0.001), tier("cache", .cache, read: 1e-4) { $0.hitRatio = ratio },
          tier("database", .database, read: 0.01, write: 0.02),
        ], reads: 0.9)
    }
    #expect(error(of: try system(0).capacity(of: 2), from: 1 / 0.011) < 1e-12)
    #expect(error(of: try system(0.5).capacity(of: 2), from: 1 / 0.0065) < 1e-12)
    #expect(error(of: try system(1).capacity(of: 2), from: 500) < 1e-12)
    #expect(try system(1).capacity(of: 0) == system(0).capacity(of: 0))
    #expect(try system(1).capacity(of: 1) == system(0).capacity(of: 1))
  }

  @Test("no request waits for the workers of a queue, which still limit the capacity")
  func queue() throws {
    let system = try system(
      [tier("web", read: 0.01, write: 0.01), tier("workers", .queue, read: 0, write: 1)], reads: 0.9)
    #expect(system.bottleneck?.name == "workers" && error(of: system.capacity, from: 10) < 1e-12)
    let state = system.state(rate: 50)
    #expect(error(of: state.throughput, from: 50) < 0.01 && state.response < 0.03)
  }

  @Test(
    "the loss of a zone takes the most machines that one can hold",
    arguments: [(1, 1, 0), (2, 1, 0), (2, 2, 1), (3, 2, 1), (5, 3, 3), (9, 3, 6), (10, 3, 6)])
  func zones(instances: Int, zones: Int, left: Int) throws {
    let web = tier("web", read: 0.01) { ($0.instances, $0.zones) = (instances, zones) }
    #expect(error(of: try system([web]).capacityWithoutZone(of: 0) + 1, from: Double(left) * 100 + 1) < 1e-12)
    let database = tier("database", .database, read: 0.01) {
      ($0.replicas, $0.zones) = (instances - 1, zones)
    }
    #expect(database.withoutZone.map(\.machines) ?? 0 == left)
  }

  /// Returns a system of up to five tiers with random values.
  private func randomSystem(_ random: inout SplitMix64) throws -> TieredSystem {
    let tiers = (0..<Int.random(in: 1...5, using: &random)).map { index in
      var tier = Tier(
        "\(index)", Tier.Kind.allCases.randomElement(using: &random) ?? .web,
        read: Double.random(in: 1e-4...0.1, using: &random), write: Double.random(in: 0...0.1, using: &random)
      )
      tier.cores = Int.random(in: 1...8, using: &random)
      if tier.kind == .database {
        (tier.replicas, tier.shards) = (
          Int.random(in: 0...5, using: &random), Int.random(in: 1...4, using: &random)
        )
        tier.replicaWrite = Bool.random(using: &random) ? tier.write / 3 : nil
      } else {
        tier.instances = Int.random(in: 1...20, using: &random)
      }
      if tier.kind == .cache { tier.hitRatio = Double.random(in: 0...1, using: &random) }
      return tier
    }
    return try system(tiers, reads: Double.random(in: 0.01...1, using: &random))
  }

  @Test("no remedy lowers a capacity, and there is always one")
  func remedies() throws {
    var random = SplitMix64(seed: 41)
    var kinds: Set<Remedy.Kind> = []
    for _ in 0..<400 {
      let system = try randomSystem(&random)
      #expect(!system.remedies.isEmpty)
      for remedy in system.remedies {
        #expect(remedy.system.capacity >= system.capacity * (1 - 1e-9), "\(remedy)")
        kinds.insert(remedy.kind)
      }
    }
    #expect(kinds == Set(Remedy.Kind.allCases))
  }

  @Test("twice the machines of every tier have twice the capacity")
  func scaling() throws {
    var random = SplitMix64(seed: 42)
    for _ in 0..<200 {
      let system = try randomSystem(&random)
      var twice = system
      for index in twice.tiers.indices {
        twice.tiers[index].instances *= 2
        twice.tiers[index].shards *= 2
      }
      #expect(error(of: twice.capacity, from: 2 * system.capacity) < 1e-12)
      #expect(twice.bottleneck?.name == system.bottleneck?.name)
    }
  }

  @Test("the state of any system keeps the bounds, and its users are those who think and those who wait")
  func bounds() throws {
    var random = SplitMix64(seed: 43)
    for _ in 0..<100 {
      let system = try randomSystem(&random)
      for part in [0.01, 0.5, 0.99, 1.5] {
        let state = system.state(rate: part * system.capacity)
        #expect(state.throughput > 0 && state.throughput <= state.mostThroughput)
        #expect(state.response >= state.leastResponse * (1 - 1e-9) - 1e-12)
        #expect(error(of: state.throughput * (5 + state.response), from: state.users) < 1e-9)
      }
    }
  }

  @Test("a growing system keeps each tier within the target until each has been the bottleneck")
  func growth() throws {
    var random = SplitMix64(seed: 44)
    for _ in 0..<100 {
      let system = try randomSystem(&random)
      let rate = 0.3 * system.capacity
      let stages = system.growth(from: rate, target: 0.5)
      #expect(stages.first?.factor == 1 && stages.first?.system == system)
      for (stage, next) in zip(stages, stages.dropFirst()) {
        #expect(next.factor > stage.factor)
        #expect(next.system.capacity * 0.5 >= rate * stage.factor * (1 - 1e-9))
        #expect(next.system == stage.changes.last?.system ?? stage.system)
      }
      let touched = Set(
        stages.flatMap { [$0.system.tiers[$0.system.limitingTier].name] + $0.changes.map(\.tier) })
      let busy = system.tiers.indices.filter { system.capacity(of: $0) < .infinity }
      let isStuck = stages.last.map { $0.factor == 1e6 || $0.changes.isEmpty } ?? false
      #expect(isStuck || touched.isSuperset(of: busy.map { system.tiers[$0].name }))
    }
  }

  @Test("growth gives a database replicas if they are enough, or else shards")
  func databaseGrowth() throws {
    let reading = try system([tier("database", .database, read: 0.01, write: 0.001)], reads: 0.9)
    // 800/s at 50 %: 0.9 × 10 ms / (0.5 / 800 − 0.1 ms) = 17.1 replicas are too many, 400/s take 7.8.
    #expect(reading.changes(for: 400, target: 0.5)?.map(\.kind) == [.replicas])
    #expect(reading.changes(for: 400, target: 0.5)?.map(\.after) == [8])
    let change = try #require(reading.changes(for: 800, target: 0.5))
    #expect(change.map(\.kind) == [.shards] && change.map(\.after) == [15])
  }

  @Test("systems without work or with impossible values are not made")
  func impossible() {
    #expect(TieredSystem([], readShare: 1, thinkTime: 5) == nil)
    #expect(TieredSystem([tier("web", read: 0, write: 0.1)], readShare: 1, thinkTime: 5) == nil)
    for (share, time) in [(1.5, 5.0), (-0.1, 5), (.nan, 5), (1, 0), (1, -1), (1, .infinity)] {
      #expect(TieredSystem([tier("web", read: 1)], readShare: share, thinkTime: time) == nil)
    }
  }
}
