import Testing

@testable import ModelKit

struct JobTests {
  @Test("the workers' ranges cover every number from 0 to the last")
  func ranges() {
    for (last, workers) in [(0, 1), (0, 3), (1, 2), (9, 3), (10, 4), (UInt64.max - 1, 7)] as [(UInt64, Int)] {
      let job = Job(.sum, workers: workers, extent: .upTo(last))
      let ranges = (0..<workers).compactMap { job.range(of: $0) }
      #expect(ranges.count == workers)
      #expect(ranges.first?.lowerBound == 0)
      #expect(ranges.last?.upperBound == last + 1)
      #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
    }
    #expect(Job(.sum, workers: 3, extent: .upTo(9)).range(of: 0) == 0..<4)
  }

  @Test("a job of fixed time has slices and no ranges, and a job of fixed amount the reverse")
  func slices() {
    let period = Job(.stress, workers: 2, extent: .period(length: 250_000_000, load: 50))
    #expect(period.range(of: 0) == nil)
    #expect(period.slices == 3)
    #expect(Job(.sum, workers: 2, extent: .upTo(9)).slices == 0)
  }
}
