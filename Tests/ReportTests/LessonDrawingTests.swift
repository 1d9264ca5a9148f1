import Foundation
import Records
import Testing

@testable import Report

struct LessonDrawingTests {
  private var trial: TrialRecord {
    var record = TrialRecord(result: ExactInteger(45), region: 600_000_000)
    let times: [(begin: UInt64, end: UInt64, cpuTime: UInt64)] = [
      (0, 300_000_000, 299_000_000), (150_000_000, 600_000_000, 300_000_000),
      (300_000_000, 450_000_000, 40_000_000), (590_000_000, 590_000_100, 0), (600_000_000, 600_000_000, 0),
    ]
    record.shares = times.enumerated().map { worker, times in
      Share(
        worker: worker, result: ExactInteger(9), begin: times.begin, end: times.end, cpuTime: times.cpuTime)
    }
    return record
  }

  private var crowd: TrialRecord {
    var record = trial
    record.shares = (0..<40).map {
      Share(
        worker: $0, result: ExactInteger(0), begin: UInt64($0) * 10_000_000, end: 600_000_000, cpuTime: 7)
    }
    return record
  }

  private let bars = TextBars([
    .init("your guess", 50, "50 %", isGuess: true), .init("measured", 33.3, "33.3 %"),
    .init("nothing", 0, "0 %"), .init("less", -4, "-4 %"), .init("little", 0.8, "0.8 %"),
  ])

  private func timeline(cores: Int) -> CoreTimeline {
    CoreTimeline(
      interval: 50_000_000, span: 1_000_000_000, cores: Array(0..<cores),
      busy: (0..<cores).map { core in (0..<20).map { min(100, max(0, $0 * 7 - core * 20)) } })
  }

  private var passages: [Passage] {
    [
      .heading("a heading"),
      .paragraph(
        "Sentences that are set as wide as the terminal is, and begin new lines between their words."),
      .lines(["  1  first", "  2  second"]), .drawing(bars), .drawing(TextGantt(trial)),
      .drawing(TextGantt(crowd, of: "task")), .drawing(TextCores(timeline(cores: 2))),
      .drawing(TextCores(timeline(cores: 20))),
      .drawing(TextTable(["total", "sum"], [["double", "50"], ["64 bits", "-5340232216128654848"]])),
    ]
  }

  @Test("the drawings of lessons match their golden files, 80 and 40 columns wide", arguments: [nil, 40])
  func golden(width: Int?) throws {
    try compare(
      text(of: passages, style: TextStyle(width: width)), width == nil ? "lesson.txt" : "lesson40.txt")
  }

  @Test(
    "drawings keep to the terminal's width, and to 80 columns", arguments: [30, 40, 79, 80, 200])
  func width(width: Int) {
    let lines = text(of: passages, style: TextStyle(width: width)).split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= min(width, 80) && !$0.hasSuffix(" ") })
  }

  @Test("headings alone are bold")
  func bold() {
    let plain = text(of: passages)
    #expect(!plain.contains("\u{1B}"))
    let bold = text(of: passages, style: TextStyle(isBold: true))
    #expect(
      bold == plain.replacingOccurrences(of: "a heading\n", with: "\u{1B}[1ma heading\u{1B}[0m\n"))
  }

  @Test("bars are left out without room and for values that are not numbers")
  func noBars() {
    #expect(bars.lines(width: 20).allSatisfy { !$0.contains("█") && !$0.contains("░") })
    let odd = TextBars([.init("a", .nan, "-"), .init("b", .infinity, "-"), .init("c", 1, "1")])
    #expect(odd.lines(width: 20) == ["a  -", "b  -  ██████████████", "c  1  ██████████████"])
    #expect(TextBars([.init("a", 0, "0")]).lines(width: 20) == ["a  0"])
    #expect(TextBars([]).lines(width: 20) == [])
  }

  @Test("a strip is as high as its greatest value, shows every spike, and leaves a gap without a value")
  func strips() {
    let strips = TextStrips(
      [
        .init("desired", [1, 2, 4, 8, 8, nil, 0, 4], upTo: 8) { "\(Int($0))" },
        .init("queue", Array(repeating: 0, count: 79) + [5]) { "\(Int($0))" },
      ], end: "8 min")
    let wide = strips.lines(width: 200)
    #expect(wide[0].hasPrefix("desired  at most  8  ") && wide[2].hasSuffix("8 min"))
    #expect(wide[1].hasSuffix("··█") && wide[1].count == 21 + 80)
    let narrow = strips.lines(width: 29)
    #expect(narrow[0] == "desired  at most  8  ▁▂▄██ ·▄")
    #expect(narrow[1] == "queue    at most  5  ·······█")
    #expect(TextStrips([], end: "0 s").lines(width: 80).count == 1)
    #expect(
      TextStrips([.init("none", [nil, .nan]) { "\($0)" }], end: "").lines(width: 80)[0].hasSuffix("·"))
  }

  @Test("every share is drawn, however short, and a trial without shares draws none")
  func gantt() {
    let lines = TextGantt(trial).lines(width: 80)
    #expect(lines.count == 6)
    #expect(lines.dropLast().allSatisfy { line in line.contains { "█▓▒░".contains($0) } })
    let halves = "█·".map { half in lines[0].filter { $0 == half }.count }
    #expect(abs(halves[0] - halves[1]) <= 1)
    #expect(TextGantt(TrialRecord(result: ExactInteger(0), region: 5)).lines(width: 80) == [])
  }
}
