import Analysis
import Records
import Testing

/// The conclusions that data allow without a law, and the laws that they contradict.
struct ScalingShapeTests {
  private static let falling: [(Double, Double)] = [(1, 100), (2, 60), (4, 40), (8, 30), (16, 25)]
  private static let superlinear: [(Double, Double)] = [(4, 20), (8, 45), (16, 110), (32, 260)]

  private func refusals(_ fit: ScalingFit) -> [LawFitError.Reason?] {
    fit.laws.map { result in
      guard case .failure(let error) = result else { return nil }
      return error.reason
    }
  }

  @Test("throughput that falls from the first added worker contradicts the laws that never fall")
  func falls() throws {
    let fit = ScalingFit(samples(Self.falling))
    #expect(fit.fall?.from.workers == 1 && fit.fall?.to.workers == 16)
    #expect(fit.fallsFromStart && fit.superlinearGrowth == nil)
    #expect(refusals(fit) == [.falling, .falling, nil])
    let limit = try #require(fit.fit(of: .usl)?.limit)
    #expect(limit.value == 1 && limit.lower == 1)
  }

  @Test("no law describes throughput that grows faster than the workers")
  func growsFaster() {
    let fit = ScalingFit(samples(Self.superlinear))
    #expect(fit.superlinearGrowth?.from.workers == 4 && fit.superlinearGrowth?.to.workers == 32)
    #expect(fit.fall == nil && !fit.fallsFromStart)
    #expect(refusals(fit) == [.superlinear, .superlinear, .superlinear])
    #expect(fit.closest == nil)
  }

  @Test("throughput that peaks and then falls is seen in the data, and the laws are fitted")
  func peaks() {
    let fit = ScalingFit(samples([(1, 100), (2, 180), (4, 200), (8, 150)]))
    #expect(fit.fall?.from.workers == 4 && fit.fall?.to.workers == 8)
    #expect(!fit.fallsFromStart)
    #expect(refusals(fit)[2] == nil)
    let published = ScalingFit(samples(LawTests.machine))
    #expect(published.fall?.from.workers == 72 && published.fall?.to.workers == 216)
    #expect(published.superlinearGrowth == nil && refusals(published) == [nil, nil, nil])
  }

  @Test("a change within 5 %, or within the spread of the trials, is none")
  func noise() {
    let close = ScalingFit(samples([(1, 100), (2, 208), (4, 400), (8, 390)]))
    #expect(close.superlinearGrowth == nil && close.fall == nil)
    let spread = ScalingFit(
      samples([(1, 100), (1, 130), (2, 240), (2, 230), (4, 400), (8, 330), (8, 410)]))
    #expect(spread.superlinearGrowth == nil && spread.fall == nil)
  }

  @Test("a fit without data has no shape")
  func nothing() {
    let fit = ScalingFit([])
    #expect(fit.fall == nil && fit.superlinearGrowth == nil && !fit.fallsFromStart)
  }

  @Test("a point knows the least and the greatest of its trials")
  func spread() {
    let fit = ScalingFit(samples([(2, 5), (2, 1), (2, 3), (1, 4)]))
    #expect(fit.points.map(\.lowest) == [4, 1] && fit.points.map(\.highest) == [4, 5])
  }
}
