import Foundation
import Platform
import TestSupport
import Testing

struct UTCTimeTests {
  @Test("a moment is written as Foundation writes it, with and without separators")
  func texts() {
    var generator = SplitMix64(seed: 6)
    for _ in 0..<1000 {
      // Up to the year 9999.
      let seconds = Int.random(in: 0...253_402_300_799, using: &generator)
      let date = Date(timeIntervalSince1970: Double(seconds))
      #expect(UTCTime(seconds: seconds).text == date.formatted(.iso8601))
      let compact = Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted)
      #expect(UTCTime(seconds: seconds).compactText == date.formatted(compact))
    }
    #expect(UTCTime(seconds: 1_767_323_045).text == "2026-01-02T03:04:05Z")
  }

  @Test("now is the time of the system")
  func now() throws {
    let before = Date().formatted(.iso8601)
    let now = UTCTime.now().text
    let after = Date().formatted(.iso8601)
    #expect(before <= now && now <= after)
  }
}
