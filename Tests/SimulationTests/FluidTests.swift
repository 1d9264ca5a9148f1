import Autoscaling
import Testing

@testable import Simulation

@Suite struct FluidTests {
  @Test(
    "percentiles of the fluid model are within 10 % of simulated requests below 80 % utilization",
    arguments: Balancing.allCases, [(1, 1), (4, 1), (3, 4)])
  func percentiles(balancing: Balancing, size: (instances: Int, cores: Int)) throws {
    for discipline in Discipline.allCases where balancing != .central || discipline == .fcfs {
      for utilization in [0.4, 0.6, 0.75] {
        let served = ServedDemand(
          cores: size.cores, demand: .exponential(mean: 0.01), discipline: discipline, balancing: balancing)
        let rate = utilization * Double(size.instances * size.cores) / 0.01
        let requests = try traffic(served, rate: rate, requests: 40_000, instances: size.instances, seed: 4)
        let rates = try #require(ArrivalRates(interval: 100, rates: [rate]))
        var fluid = FluidTraffic(served, rates)
        for _ in 0..<size.instances { _ = fluid.add() }
        fluid.advance(to: 100)
        let simulated = Double(try #require(requests.responses.time(atPercentile: 95)))
        let formula = Double(try #require(fluid.responses.time(atPercentile: 95)))
        #expect(abs(formula / simulated - 1) < 0.1, "\(discipline) \(utilization): \(formula) \(simulated)")
      }
    }
  }

  @Test("a backlog grows by the missing capacity, delays the requests and is served later")
  func backlog() throws {
    let rates = try #require(ArrivalRates(interval: 60, rates: [150, 50, 50]))
    let served = ServedDemand(cores: 1, demand: .constant(0.01), balancing: .roundRobin, objective: 1)
    var traffic = FluidTraffic(served, rates)
    _ = traffic.add()
    traffic.advance(to: 60)
    #expect(abs(traffic.waiting - 3000) < 60 && abs(traffic.window.answered - 6000) < 1e-6)
    // The delay grows to 30 s, and exceeds 1 s from 2 s on.
    #expect(traffic.window.late > 5700)
    #expect((27.5...29).contains(Double(try #require(traffic.responses.time(atPercentile: 95))) / 1e9))
    traffic.advance(to: 119)
    #expect(traffic.waiting > 10)
    traffic.advance(to: 180)
    #expect(traffic.waiting < 10)
    #expect(abs(traffic.window.answered - 15_000) < 1e-6 && traffic.window.lost == 0)
  }

  @Test("an instance that drains keeps its part of the backlog, and loses what is left when it ends")
  func draining() throws {
    let rates = try #require(ArrivalRates(interval: 60, rates: [400, 0]))
    var traffic = FluidTraffic(
      ServedDemand(cores: 1, demand: .constant(0.01), balancing: .roundRobin), rates)
    for _ in 0..<2 { _ = traffic.add() }
    traffic.advance(to: 60)
    traffic.drain(0)
    // Each has 6000 requests and answers 100 per second.
    #expect(abs(traffic.checkWait(of: 0) - 60) < 1 && abs(traffic.checkWait(of: 1) - 60) < 1)
    traffic.advance(to: 90)
    #expect(!traffic.isDrained(0) && abs(traffic.checkWait(of: 0) - 30) < 1)
    #expect(abs(traffic.takeBusyTimes(of: [0])[0] - 90) < 1)
    traffic.resume(0)
    traffic.drain(0)
    traffic.remove(0)
    #expect(abs(traffic.window.lost - 3000) < 60)
    traffic.advance(to: 120)
    #expect(abs(traffic.window.answered + traffic.window.lost - 24_000) < 1e-6)
  }

  @Test("failed instances lose their turns, and no instance loses everything")
  func failures() throws {
    let rates = try #require(ArrivalRates(interval: 100, rates: [100]))
    var traffic = FluidTraffic(
      ServedDemand(cores: 1, demand: .constant(0.001), balancing: .roundRobin), rates)
    traffic.advance(to: 10)
    #expect(traffic.window.lost == 1000)
    for _ in 0..<4 { _ = traffic.add() }
    traffic.fail(1)
    traffic.advance(to: 20)
    #expect(abs(traffic.window.lost - 1250) < 1e-9)
    traffic.remove(1)
    traffic.advance(to: 30)
    #expect(abs(traffic.window.lost - 1250) < 1e-9)
    #expect(
      traffic.takeBusyTimes(of: [0, 2]).allSatisfy {
        abs($0 - (0.1 * 10 / 4 * 0.75 * 4 / 3 + 0.1 * 10 / 3)) < 0.1
      })
  }
}
