import Testing

@testable import Simulation

@Suite struct ArrivalTests {
  @Test("arrivals follow the rates, and the same seed gives the same arrivals")
  func counts() throws {
    let rates = try #require(ArrivalRates(interval: 10, rates: [1000, 0, 250, 0, 0, 2000]))
    var isAscending = true
    func counts(seed: UInt64) -> [Int] {
      var process = ArrivalProcess(rates, seed: seed)
      var counts = [Int](repeating: 0, count: 6)
      var last = 0.0
      while true {
        let time = process.next()
        if time == .infinity { return counts }
        isAscending = isAscending && time >= last
        counts[min(5, Int(time / 10))] += 1
        last = time
      }
    }
    let found = counts(seed: 3)
    #expect(isAscending)
    for (count, rate) in zip(found, rates.rates) {
      // Five standard deviations of a Poisson count.
      #expect(abs(Double(count) - 10 * rate) <= 5 * (10 * rate).squareRoot())
    }
    #expect(counts(seed: 3) == found && counts(seed: 4) != found)
  }

  @Test("gaps at a constant rate are exponential")
  func gaps() throws {
    let rates = try #require(ArrivalRates(interval: 50_000, rates: [2]))
    var process = ArrivalProcess(rates, seed: 1)
    var (last, squares, count) = (0.0, 0.0, 0.0)
    while case let time = process.next(), time != .infinity {
      squares += (time - last) * (time - last)
      count += 1
      last = time
    }
    // E[gap²] is 2 / rate².
    #expect(abs(squares / count - 0.5) < 0.01)
  }

  @Test("rates that are negative, not numbers or none are not made")
  func impossible() {
    #expect(ArrivalRates(interval: 0, rates: [1]) == nil && ArrivalRates(interval: 1, rates: []) == nil)
    #expect(ArrivalRates(interval: 1, rates: [-1]) == nil && ArrivalRates(interval: 1, rates: [.nan]) == nil)
  }

  @Test("a rate holds from the start of its interval, whatever the rounding of times")
  func intervals() throws {
    let rates = try #require(ArrivalRates(interval: 0.1, rates: (0..<1000).map(Double.init)))
    for index in 0..<1000 { #expect(rates.rate(at: 0.1 * Double(index)).rate == Double(index)) }
    #expect(rates.rate(at: 100).end == .infinity && rates.rate(at: 1e12).rate == 0)
  }

  @Test("demands have their mean and their variation")
  func demands() {
    let measured = ServiceDemand.measured([0.5, 0.5, 0.5, 2.5])
    #expect(measured.mean == 1 && measured.variation == 0.75)
    for demand in [ServiceDemand.constant(2), .exponential(mean: 2), measured] {
      var random = RandomNumbers(seed: 5, .demands)
      let values = (0..<40_000).map { _ in demand.sample(&random) }
      let mean = values.reduce(0, +) / 40_000
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 40_000
      #expect(abs(mean / demand.mean - 1) < 0.03)
      #expect(abs(squares / (mean * mean) - demand.variation) < 0.05)
    }
  }
}
