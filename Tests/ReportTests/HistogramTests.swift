import Testing

@testable import Report

/// The histogram of a class's predictions.
struct HistogramTests {
  private func lines(_ values: [Double], _ answer: Double?) -> [String] {
    TextHistogram(values, answer: answer, origin: "measured") { "\($0)" }.lines(width: 60)
  }

  @Test("every prediction is in one bin, and one bin is marked as measured")
  func bins() {
    for values in [
      [1.0], [2, 2, 2], [1, 1.5, 2, 4], [0.001, 1, 1000, 1e6], [5, 50, 500], [0, 100], [-3, 3], [1e-9, 1e9],
    ] {
      for answer in [values[0], 1.97, 40] {
        let shown = lines(values, answer)
        #expect(shown.count <= 11, "\(values)")
        #expect(shown.count { $0.hasSuffix("◀ measured") } == 1, "\(values) \(answer): \(shown)")
        let counts = shown.compactMap { line in
          line.split(separator: " ").dropFirst(3).first.flatMap { Int($0) }
        }
        #expect(counts.reduce(0, +) == values.count, "\(values): \(shown)")
      }
    }
  }

  @Test("a histogram of a choice has every option, with the right one marked")
  func choices() {
    let shown = TextHistogram([1, 3, 3], of: ["one", "some", "all"], answer: 1, origin: "measured")
      .lines(width: 40)
    #expect(shown == ["one   1  ██ ◀ measured", "some  0", "all   2  ████"])
  }

  @Test("a histogram without room has counts and no bars")
  func narrow() {
    let shown = TextHistogram([1], of: ["one", "two"], answer: nil, origin: "measured").lines(width: 12)
    #expect(shown == ["one  1", "two  0"])
  }
}
