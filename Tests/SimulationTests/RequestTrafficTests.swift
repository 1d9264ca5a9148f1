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

/// Returns the standard error of the mean wait of n requests of M/M/c, over the mean, times √n.
///
/// With h the solution of Poisson's equation for the number that waits less λW, the time average is a martingale, whose jumps are
/// h(n+1) − h(n) − W at arrivals and h(n−1) − h(n) at departures: the error of the waits' sum, as the number of requests varies, too.
/// For one core it gives ρ (2 + 5ρ − 4ρ² + ρ³) / (1 − ρ)⁴, as known (Whitt, "Planning Queueing Simulations", Management
/// Science 35 (1989)).
func relativeError(_ queue: MultiServerQueue) -> Double {
  let (cores, wait, load) = (queue.servers, queue.meanWait, queue.load)
  var (part, sum) = (1.0, 0.0)
  var (difference, variance, total) = (0.0, 0.0, 0.0)
  var number = 0
  // Parts of the states beyond are too small to matter.
  while part > 1e-18 * total || number < cores {
    total += part
    let before = difference
    sum += part * (Double(max(0, number - cores)) - load * wait)
    difference = -sum / (load * part)
    variance += part * load * (difference - wait) * (difference - wait)
    variance += part * Double(min(number, cores)) * before * before
    number += 1
    part *= load / Double(min(number, cores))
  }
  return (variance / total / load).squareRoot() / wait
}

@Suite struct RequestTrafficTests {
  /// The mean of 10^7 requests deviates by up to some standard errors, which are 0.17 % of it for M/M/1 at 50 %, but 1.4 % for
  /// M/M/50 at 90 % and 2.2 % for M/M/100 at 95 %: waits are rare there, and come in long busy periods. Over 20 seeds of 10^7
  /// requests, the means of these two are 0.24 % and 0.15 % above Erlang's formula, with standard errors of 0.31 % and 0.50 %; over
  /// 2·10^8 requests −0.05 % and +0.04 %. There is no bias.
  @Test(
    "waits of M/M/c agree with Erlang's formula within four standard errors",
    arguments: [
      (1, 0.5), (1, 0.7), (1, 0.8), (2, 0.6), (2, 0.8), (4, 0.7), (4, 0.8), (8, 0.8), (16, 0.8), (50, 0.9),
      (100, 0.95),
    ])
  func waits(cores: Int, utilization: Double) throws {
    let load = utilization * Double(cores)
    let served = ServedDemand(cores: cores, demand: .exponential(mean: 1), balancing: .central)
    let (runs, requests) = (10, cores < 50 ? 20_000.0 : 100_000)
    let means = try (0..<runs).map { seed in
      let end = try traffic(served, rate: load, requests: requests, seed: UInt64(seed + 1000 * cores))
      return end.waits / end.window.requests
    }
    let mean = means.reduce(0, +) / Double(runs)
    let queue = try #require(MultiServerQueue(servers: cores, load: load))
    let error = relativeError(queue) / (Double(runs) * requests).squareRoot()
    // The start from an empty system costs less than 2 % of the mean at this length.
    #expect(
      abs(mean / queue.meanWait - 1) < 4 * error + 0.02, "\(mean), expected \(queue.meanWait) ± \(error)")
  }

  @Test("the standard error of waits is that of the known formula and of independent runs")
  func standardError() throws {
    for utilization in [0.3, 0.5, 0.8] {
      let queue = try #require(MultiServerQueue(servers: 1, load: utilization))
      let polynomial = 2 + utilization * (5 + utilization * (utilization - 4))
      let known = (utilization * polynomial).squareRoot() / ((1 - utilization) * (1 - utilization))
      #expect(abs(relativeError(queue) * queue.meanWait / known - 1) < 1e-6)
    }
    let queue = try #require(MultiServerQueue(servers: 16, load: 12.8))
    let served = ServedDemand(cores: 16, demand: .exponential(mean: 1), balancing: .central)
    let squares = try (0..<40).map { seed in
      let end = try traffic(served, rate: 12.8, requests: 20_000, seed: UInt64(seed))
      let deviation = end.waits / end.window.requests / queue.meanWait - 1
      return deviation * deviation
    }
    let found = (squares.reduce(0, +) / 40).squareRoot()
    // The square of the ratio is that of χ² with 40 degrees of freedom to 40: within 0.5 and 1.9 in 99.9 %.
    let ratio = found / (relativeError(queue) / 20_000.0.squareRoot())
    #expect((0.5...1.9).contains(ratio * ratio), "\(ratio)")
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
