import Queueing
import Statistics
import Testing

@testable import Simulation

/// Runs traffic at a constant rate, and returns it at the end.
func traffic(
  _ served: ServedDemand, rate: Double, requests: Double, instances: Int = 1, seed: UInt64 = 1
) throws -> RequestTraffic {
  let rates = try #require(ArrivalRates(interval: requests / rate, rates: [rate]))
  var traffic = RequestTraffic(served, rates, seed: seed)
  for _ in 0..<instances { _ = traffic.add() }
  traffic.advance(to: rates.duration)
  return traffic
}

/// Returns the mean of independent values, and half of its 99.9 % interval.
func interval(_ values: [Double]) throws -> (mean: Double, half: Double) {
  let count = Double(values.count)
  let mean = values.reduce(0, +) / count
  let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
  let t = try #require(StudentDistribution.twoSided(level: 0.999, degreesOfFreedom: values.count - 1))
  return (mean, t * (variance / count).squareRoot())
}

@Suite struct RequestTrafficTests {
  @Test(
    "waits of M/M/c agree with Erlang's formula",
    arguments: [
      (1, 0.5), (1, 0.7), (1, 0.8), (2, 0.6), (2, 0.8), (4, 0.7), (4, 0.8), (8, 0.8), (16, 0.8), (50, 0.9),
    ])
  func waits(cores: Int, utilization: Double) throws {
    let load = utilization * Double(cores)
    let served = ServedDemand(cores: cores, demand: .exponential(mean: 1), balancing: .central)
    let means = try (0..<10).map { seed in
      let end = try traffic(served, rate: load, requests: 10_000, seed: UInt64(seed + 1000 * cores))
      return end.waits / end.window.requests
    }
    let (mean, half) = try interval(means)
    let expected = try #require(MultiServerQueue(servers: cores, load: load)).meanWait
    // The start from an empty system costs less than 2 % of the mean at this length.
    #expect(abs(mean - expected) < half + 0.02 * expected, "\(mean) ± \(half), expected \(expected)")
  }
}

/// Queues per instance, and what becomes of requests.
extension RequestTrafficTests {
  @Test(
    "responses of processor sharing agree with the exact distribution",
    arguments: [(1, 0.6), (1, 0.8), (4, 0.8)])
  func sharing(cores: Int, utilization: Double) throws {
    let load = utilization * Double(cores)
    let queue = try #require(MultiServerQueue(servers: cores, load: load))
    let expected = try #require(ProcessorSharing(queue).responses(downTo: 0.01))
    let served = ServedDemand(cores: cores, demand: .exponential(mean: 1), balancing: .roundRobin)
    let ends = try (0..<10).map { seed in
      let end = try traffic(served, rate: load, requests: 20_000, seed: UInt64(100 + seed))
      return Double(try #require(end.responses.time(atPercentile: 95))) / 1e9
    }
    let (mean, half) = try interval(ends)
    #expect(abs(mean - expected.quantile(0.95)) < half + 0.02 * mean)
  }

  @Test("responses of processor sharing do not depend on the distribution of the demand in the mean")
  func insensitivity() throws {
    for demand in [ServiceDemand.constant(1), .measured([0.2, 0.2, 0.2, 3.4])] {
      let served = ServedDemand(cores: 1, demand: demand, balancing: .roundRobin)
      let means = try (0..<10).map { seed in
        let end = try traffic(served, rate: 0.6, requests: 20_000, seed: UInt64(200 + seed))
        return try #require(end.responses.mean) / 1e9
      }
      let (mean, half) = try interval(means)
      #expect(abs(mean - 1 / 0.4) < half + 0.02 * mean)
    }
  }

  @Test("every request is answered, lost or still there")
  func conservation() throws {
    for balancing in Balancing.allCases {
      let served = ServedDemand(
        cores: 2, demand: .exponential(mean: 0.01), balancing: balancing, objective: 0.05)
      let rates = try #require(ArrivalRates(interval: 10, rates: [500, 300, 100, 0]))
      var traffic = RequestTraffic(served, rates, seed: 9)
      for _ in 0..<4 { _ = traffic.add() }
      traffic.advance(to: 5)
      traffic.fail(2)
      traffic.advance(to: 8)
      traffic.remove(2)
      traffic.advance(to: 15)
      traffic.drain(0)
      traffic.advance(to: 16)
      traffic.remove(0)
      #expect(traffic.add() == 0)
      traffic.advance(to: 40)
      let window = traffic.window
      #expect(window.requests > 8000 && traffic.waiting == 0)
      #expect(window.answered + window.lost == window.requests, "\(balancing)")
      #expect(Double(traffic.responses.count) == window.answered && window.late < window.answered)
      // In turns, a failed instance gets a quarter of 500/s for 3 s.
      if balancing == .roundRobin { #expect((300...450).contains(window.lost)) }
      if balancing == .central { #expect(window.lost <= 4) }
    }
  }

  @Test("requests without an instance are lost at a balancer, and wait in a central queue")
  func noInstance() throws {
    let rates = try #require(ArrivalRates(interval: 10, rates: [100]))
    for balancing in Balancing.allCases {
      let served = ServedDemand(cores: 1, demand: .constant(0.001), balancing: balancing)
      var traffic = RequestTraffic(served, rates, seed: 2)
      traffic.advance(to: 5)
      let isCentral = balancing == .central
      #expect(traffic.window.lost == (isCentral ? 0 : traffic.window.requests))
      #expect(traffic.waiting == (isCentral ? traffic.window.requests : 0))
      _ = traffic.add()
      traffic.advance(to: 20)
      #expect(
        traffic.window.answered + traffic.window.lost == traffic.window.requests && traffic.waiting == 0)
    }
  }

  @Test("the core time that instances used is the demand of the answered requests")
  func busyTime() throws {
    for (balancing, discipline) in [
      (Balancing.central, Discipline.fcfs), (.roundRobin, .sharing), (.leastOutstanding, .fcfs),
    ] {
      let served = ServedDemand(
        cores: 2, demand: .constant(0.01), discipline: discipline, balancing: balancing)
      var end = try traffic(served, rate: 500, requests: 5000, instances: 3)
      end.advance(to: 1000)
      let used = end.takeBusyTimes(of: [0, 1, 2]).reduce(0, +)
      #expect(abs(used - 0.01 * end.window.answered) < 1e-6)
      #expect(end.takeBusyTimes(of: [0, 1, 2]).reduce(0, +) == 0)
    }
  }
}

/// The same networks in another simulator.
extension RequestTrafficTests {
  /// A network, and what PyPI `ciw` 3.2.7 gives for it: the mean and its standard error over 20 independent runs.
  struct Network: Sendable {
    let served: ServedDemand
    let instances: Int
    let rate: Double
    let mean: (value: Double, error: Double)
    let percentile: (value: Double, error: Double)
  }

  /// Networks of `ciw.PSNode` with `ps_thresholds` behind `routing.Cycle`, `routing.LoadBalancing` and `routing.Direct`; 4000
  /// requests a run.
  @Test(
    "networks with processor sharing respond as in ciw, within the confidence intervals of both",
    arguments: [
      Network(
        served: ServedDemand(cores: 1, demand: .exponential(mean: 1), balancing: .roundRobin), instances: 3,
        rate: 2.1,
        mean: (2.3523529826962295, 0.04956332849288707), percentile: (8.518284157107047, 0.19845310803105734)),
      Network(
        served: ServedDemand(cores: 2, demand: .exponential(mean: 1), balancing: .leastOutstanding),
        instances: 4,
        rate: 6.4, mean: (1.3555793231564857, 0.029908886600268265),
        percentile: (4.264484769778539, 0.12246547569094571)),
      Network(
        served: ServedDemand(cores: 4, demand: .measured([0.5, 0.5, 0.5, 2.5]), balancing: .roundRobin),
        instances: 1,
        rate: 3.2, mean: (1.7460967743356353, 0.03765684638030989),
        percentile: (5.713282941743769, 0.13939366657582278)),
    ])
  func ciw(_ network: Network) throws {
    let ends = try (0..<20).map { seed in
      try traffic(
        network.served, rate: network.rate, requests: 4000, instances: network.instances,
        seed: UInt64(300 + seed))
    }
    let mean = try interval(ends.map { try #require($0.responses.mean) / 1e9 })
    let percentile = try interval(
      ends.map { Double(try #require($0.responses.time(atPercentile: 95))) / 1e9 })
    // 3.883 is the t of 99.9 % and 19 degrees of freedom.
    #expect(abs(mean.mean - network.mean.value) < mean.half + 3.883 * network.mean.error)
    #expect(
      abs(percentile.mean - network.percentile.value) < percentile.half + 3.883 * network.percentile.error)
  }
}
