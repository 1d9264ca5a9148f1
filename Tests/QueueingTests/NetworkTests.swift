import Testing

@testable import Queueing

@Suite struct ClosedNetworkTests {
  struct Case: Sendable {
    let stations: [(Double, Int)]
    let thinkTime: Double
    let users: Int
    let throughput: Double
    let requests: [Double]
  }

  /// Normalization constants by convolution in rational arithmetic (Python's fractions).
  @Test(
    "closed networks agree with rational arithmetic",
    arguments: [
      Case(
        stations: [(0.1, 1), (0.3, 1), (0.2, 1)], thinkTime: 1, users: 8, throughput: 3.0237723426562408968,
        requests: [0.41991065967791683743, 3.2718853149524652299, 1.2844316827133770359]),
      Case(
        stations: [(2, 4)], thinkTime: 3, users: 6, throughput: 1.1878672985781990521,
        requests: [2.4363981042654028436]),
      Case(
        stations: [(0.5, 3), (0.2, 1)], thinkTime: 0, users: 10, throughput: 4.8047995630092728805,
        requests: [4.0614248484858830424, 5.9385751515141169576]),
      Case(
        stations: [(1, 32), (0.025, 1)], thinkTime: 2, users: 60, throughput: 19.686195300473795123,
        requests: [19.686801145835810758, 0.94080825321659899637]),
      Case(
        stations: [(0.3, 2), (0.5, 4), (0.1, 1)], thinkTime: 5, users: 40, throughput: 5.8879357123555911983,
        requests: [5.2412478864806055569, 3.9576017222454129287, 1.3614718294960255229]),
    ])
  func rational(_ item: Case) throws {
    let network = try network(item.stations, thinkTime: item.thinkTime)
    let solution = network.solution(users: item.users)
    #expect(error(of: solution.throughput, from: item.throughput) < 1e-12)
    for (found, expected) in zip(solution.requests, item.requests) {
      #expect(error(of: found, from: expected) < 1e-12)
    }
  }

  private func network(_ stations: [(Double, Int)], thinkTime: Double) throws -> ClosedNetwork {
    let stations = stations.compactMap { ClosedNetwork.Station(demand: $0.0, servers: $0.1) }
    return try #require(ClosedNetwork(stations: stations, thinkTime: thinkTime))
  }

  @Test("Little's law holds, and no throughput exceeds the bounds of the bottleneck law")
  func bounds() throws {
    let network = try network([(0.3, 2), (0.5, 4), (0.1, 1), (0.01, 1)], thinkTime: 2)
    #expect(network.bottleneck == 0 && error(of: network.mostThroughput, from: 2 / 0.3) < 1e-15)
    #expect(error(of: network.saturation, from: 2.91 / 0.15) < 1e-14)
    var last = 0.0
    for users in [1, 2, 5, 19, 20, 150] {
      let solution = network.solution(users: users)
      let bound = network.mostThroughput(users: users)
      #expect(solution.throughput <= bound * (1 + 1e-12) && solution.throughput > last)
      last = solution.throughput
      let inside = solution.requests.reduce(0, +) + solution.throughput * 2
      #expect(error(of: inside, from: Double(users)) < 1e-10)
      #expect(
        error(of: solution.responseTime, from: solution.requests.reduce(0, +) / solution.throughput) < 1e-10)
      #expect(solution.utilizations.allSatisfy { $0 <= 1 + 1e-12 })
    }
    #expect(last > 0.99 * network.mostThroughput)
  }

  @Test("a station with as many servers as users never queues")
  func delay() throws {
    let solution = try network([(0.4, 50), (0.1, 1)], thinkTime: 0.6).solution(users: 50)
    let same = try network([(0.1, 1)], thinkTime: 1).solution(users: 50)
    #expect(error(of: solution.throughput, from: same.throughput) < 1e-12)
    #expect(error(of: solution.requests[0], from: 0.4 * same.throughput) < 1e-12)
  }

  @Test("networks without stations or with impossible values are not made")
  func impossible() {
    #expect(ClosedNetwork(stations: []) == nil && ClosedNetwork.Station(demand: 0) == nil)
    #expect(ClosedNetwork.Station(demand: 1, servers: 0) == nil && ClosedNetwork.Station(demand: .nan) == nil)
  }
}

@Suite struct UniversalScalabilityTests {
  @Test("the least number of cores for a capacity is the first that has it")
  func least() throws {
    for (contention, coherency) in [(0.0, 0.0), (0.02, 0), (0.03, 0.0001), (0.1, 0.01), (0, 0.001)] {
      let law = try #require(UniversalScalability(contention: contention, coherency: coherency))
      for capacity in [0.5, 1, 1.5, 2, 3.7, 8, 20] {
        let searched = (1...2000).first { law.capacity(of: Double($0)) >= capacity * (1 - 1e-12) }
        #expect(law.least(withCapacity: capacity) == searched, "\(contention) \(coherency) \(capacity)")
      }
    }
  }

  @Test("capacity is greatest at the peak, and one core has the capacity 1")
  func peak() throws {
    let law = try #require(UniversalScalability(contention: 0.03, coherency: 0.0001))
    #expect(law.capacity(of: 1) == 1 && error(of: law.peak, from: 98.4886) < 1e-6)
    #expect(law.capacity(of: law.peak) > law.capacity(of: law.peak * 1.01))
    #expect(law.capacity(of: law.peak) > law.capacity(of: law.peak * 0.99))
    #expect(UniversalScalability.linear.peak == .infinity && UniversalScalability.linear.capacity(of: 9) == 9)
    #expect(UniversalScalability(contention: -1, coherency: 0) == nil)
  }

  @Test("50 ms at 200 requests/s are 10 requests in flight")
  func little() {
    #expect(requestsInSystem(rate: 200, responseTime: 0.05) == 10)
  }
}
