import Records
import Testing

struct CoreTimelineTests {
  @Test("busy cores are the mean over time, with the last value weighted by its part of the span")
  func busyCores() {
    let timeline = CoreTimeline(interval: 100, span: 250, cores: [0, 2], busy: [[100, 50], [0, 100]])
    // (100 + 0.5 · 150 + 150) / 250
    #expect(timeline.busyCores == 1.3)
    #expect(CoreTimeline(interval: 50, span: 50, cores: [0], busy: [[100]]).busyCores == 1)
  }

  @Test("an empty timeline has no mean")
  func empty() {
    #expect(CoreTimeline(interval: 50, span: 0, cores: [], busy: []).busyCores == nil)
    #expect(CoreTimeline(interval: 50, span: 50, cores: [1], busy: [[]]).busyCores == 0)
  }
}
