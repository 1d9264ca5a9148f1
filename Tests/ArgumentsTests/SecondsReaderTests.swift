import TestSupport
import Testing

@testable import Arguments

struct SecondsReaderTests {
  private let reader = Reader<Seconds>.seconds(in: 0.001...3600, example: "5")

  private static let expected = "a number of seconds from 0.001 to 3600, or a time in us, ms, s, min, h or d"

  @Test("seconds are read with or without decimals, to the nanosecond")
  func accepted() throws {
    let known: [(String, UInt64)] = [
      ("1", 1_000_000_000), ("0.5", 500_000_000), (".5", 500_000_000), ("5.", 5_000_000_000),
      ("3600", 3_600_000_000_000), ("3600.0", 3_600_000_000_000), ("0.001", 1_000_000),
      ("0001", 1_000_000_000), ("1.000000001", 1_000_000_001), ("0.1", 100_000_000),
      ("3599.999999999", 3_599_999_999_999), ("0.0010000004", 1_000_000), ("0.0010000006", 1_000_001),
      ("1s", 1_000_000_000), ("1.5s", 1_500_000_000), ("250ms", 250_000_000), ("1000us", 1_000_000),
      ("1500µs", 1_500_000), ("2min", 120_000_000_000), (".5min", 30_000_000_000), ("1h", 3_600_000_000_000),
      ("3600s", 3_600_000_000_000), ("1ms", 1_000_000), ("3600000ms", 3_600_000_000_000),
    ]
    for (word, nanoseconds) in known {
      #expect(try reader.read(word).get().nanoseconds == nanoseconds, "\(word)")
    }
  }

  @Test(
    "text that is not a number of seconds is refused",
    arguments: [
      "", ".", "..", "1.2.3", "0", "0.0", "0.0009", "-1", "-0.5", "+1", "3600.1", "3601", "nan", "NaN", "inf",
      "infinity", "1e3", "1E3", "0x10", "0x1p3", "1_0", "1,5", " 1", "1 ", "1 s", "s", "ms", "1sec", "1m",
      "-1s", "1e3s", "999us", "2h", "1d", "1S", "٣", "１", "½", "1\u{301}",
      "1\u{0}", "999999999999999999999999999999",
    ])
  func refused(word: String) {
    let problem = ValueProblem(
      word: word, expected: Self.expected, remedy: "5")
    #expect(reader.read(word) == .failure(problem))
  }

  @Test(
    "a time is written in the largest unit of which it is a whole number",
    arguments: [
      (0.0, "0s"), (1e-9, "1e-09s"), (1e-6, "1us"), (0.01, "10ms"), (0.5, "500ms"), (1, "1s"), (90, "90s"),
      (600, "10min"), (5400, "90min"), (86_400, "1d"),
    ])
  func text(seconds: Double, text: String) {
    #expect(DurationUnit.text(ofSeconds: seconds) == text)
  }

  @Test("every number of milliseconds is read exactly")
  func milliseconds() throws {
    var generator = SplitMix64(seed: 23)
    for _ in 0..<1000 {
      let milliseconds = UInt64.random(in: 1...3_600_000, using: &generator)
      let decimals = String(1000 + milliseconds % 1000).dropFirst()
      let word = "\(milliseconds / 1000).\(decimals)"
      #expect(try reader.read(word).get().nanoseconds == milliseconds * 1_000_000, "\(word)")
      #expect(try reader.read("\(milliseconds)ms").get().nanoseconds == milliseconds * 1_000_000)
    }
  }
}
