import Testing

@testable import Simulation

@Suite struct TrafficShapeTests {
  @Test("shapes have the mean and the peak that they were made with")
  func shapes() throws {
    for shape in TrafficShape.allCases {
      let rates = try #require(shape.rates(mean: 1000, peak: 4))
      #expect(rates.rates.allSatisfy { $0 >= 0 } && rates.interval == 60)
      #expect(rates.peak == (shape == .flat ? 1000 : 4000), "\(shape)")
    }
    #expect(try #require(TrafficShape.flat.rates(mean: 7)).mean == 7)
    let day = try #require(TrafficShape.daily.rates(mean: 1000, peak: 1))
    #expect(abs(day.mean - 1000) < 1 && abs(day.peak - 1600) < 1 && day.duration == 86_400)
    #expect(abs(day.rates[180] - 400) < 1 && abs(day.rates[900] - 1600) < 1)
    #expect(try #require(TrafficShape.weekly.rates(mean: 1000)).duration == 7 * 86_400)
    #expect(TrafficShape.step.rates(mean: -1) == nil)
  }
}
