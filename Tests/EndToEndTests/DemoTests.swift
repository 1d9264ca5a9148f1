import Foundation
import Platform
import Testing

/// `scaleup demo`: what it says of this machine is not judged, but that it says it.
@Suite(.blocking) struct DemoTests {
  static let lessons = [
    "one-core", "processes", "threads", "tasks", "vanished", "exact", "per-item", "grain", "oversubscribed",
    "serial", "weak", "uneven", "stealing", "race", "sharing", "deadlock", "reentrancy",
    "vectors", "memory-wall", "siblings", "half-busy",
    "one-port", "waiting", "keep-alive", "lost-worker", "omission", "accept", "capacity", "queueing",
    "big-or-many", "control-loop", "cold-start", "flapping", "queue",
    "fleet", "unhealthy", "rolling", "jobs",
  ]

  /// The lessons that show simulations: their numbers are the same on every machine.
  static let simulated = ["big-or-many", "control-loop", "flapping", "queue"]

  /// The lessons whose question, pictures and explanation are checked to fit a screen each.
  static let fitted =
    ["per-item", "weak", "stealing", "race", "deadlock", "reentrancy", "siblings"]
    + lessons[(lessons.firstIndex(of: "capacity") ?? 0)...]

  private func demo(_ arguments: String...) throws -> Program.Outcome {
    try Program("scaleup").run(["demo"] + arguments, in: try Folder())
  }

  @Test(
    "a lesson asks, measures, explains and names its code",
    arguments: lessons.filter { $0 != "exact" && !simulated.contains($0) })
  func lessonAsks(name: String) throws {
    _ = try lesson(name)
  }

  /// Rehearses a lesson, by its name or its number in turns.
  private func lesson(_ name: String) throws -> String {
    let number = try #require(Self.lessons.firstIndex(of: name)) + 1
    let outcome = try demo(number.isMultiple(of: 2) ? name : "\(number)", "--no-pause", "--quick")
    #expect(outcome.status == 0)
    #expect(!outcome.error.contains("scaleup: "))
    let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first?.hasPrefix("\(number). ") == true)
    #expect(lines.allSatisfy { $0.count <= 80 && !$0.contains("\u{1B}") })
    #expect(outcome.output.contains("?\n") || outcome.output.contains("? "))
    let origin = Self.simulated.contains(name) ? "\nSimulated: " : "\nMeasured: "
    #expect(outcome.output.contains(origin))
    #expect(!outcome.output.contains("Your guess"))
    let end = try #require(outcome.output.components(separatedBy: "\nThe code: ").last)
    let files = end.split(whereSeparator: { $0 == "," || $0.isWhitespace }).map(String.init)
    let top = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").path
    #expect(!files.isEmpty && files.allSatisfy { File.exists("\(top)/\($0)") }, "\(files)")
    if Self.fitted.contains(name) { try expectScreens(outcome.output, answer: origin) }
    return outcome.output
  }

  /// Expects that the question, the answer with its pictures, and the explanation fit a screen of 24 lines each.
  private func expectScreens(_ output: String, answer: String) throws {
    let (question, rest) = try #require(Self.split(output, before: answer))
    let (findings, explanation) = try #require(Self.split(rest, before: "\nWhy\n"))
    for screen in [question, findings, explanation] {
      #expect(screen.split(separator: "\n", omittingEmptySubsequences: false).count <= 24, "\(screen)")
    }
  }

  @Test("a simulated lesson says so, and shows the same numbers on every machine", arguments: simulated)
  func simulatedLesson(name: String) throws {
    let output = try lesson(name)
    #expect(output.contains("Simulated, not measured: ") && output.contains("(seed 1)"))
    try compareGolden(output, "demo-\(name).txt")
  }

  /// Returns a text in two parts, the second of which begins with a word.
  private static func split(_ text: String, before word: String) -> (String, String)? {
    text.range(of: word).map { (String(text[..<$0.lowerBound]), String(text[$0.lowerBound...])) }
  }

  @Test("the exact sum is exact, whatever the other totals are")
  func exactSum() throws {
    let output = try lesson("exact")
    let title = try #require(output.components(separatedBy: "Sum of 0…10^").last?.first)
    let digits = try #require(Int(String(title)) == 1 ? 10 : Int(String(title)))
    let last = (0..<digits).reduce(UInt128(1)) { power, _ in power * 10 }
    let row = output.split(separator: "\n").first { $0.hasPrefix("128 bits") }
    #expect(row?.split(separator: " ").dropFirst(2).map(String.init) == ["\(last * (last + 1) / 2)", "0"])
  }

  @Test("the menu lists all lessons with their numbers")
  func menuLists() throws {
    let menu = try demo()
    #expect(menu.status == 0 && menu.error == "")
    for (position, name) in Self.lessons.enumerated() {
      #expect(menu.output.contains(" \(position + 1)  \(name) "))
    }
    #expect(menu.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test(
    "an unknown lesson is answered in one line with the nearest",
    arguments: [
      ("vectros", "did you mean vectors?"), ("one_core", "did you mean one-core?"),
      ("0", "one-core, processes"),
      ("39", "expected one-core"), ("\u{1B}[31m", "'\u{FFFD}[31m'"), ("", "unknown lesson: ''"),
    ])
  func unknownLesson(word: String, part: String) throws {
    let outcome = try demo(word)
    #expect(outcome.status == 64 && outcome.output == "")
    #expect(outcome.error.contains(part) && outcome.error.split(separator: "\n").count == 1)
  }

  @Test("a missing or wrong executable ends the lesson with status 1")
  func missingWrong() throws {
    let folder = try Folder()
    try folder.install(["scaleup", "scaleup-single"])
    let missing = try Program(path: "\(folder.path)/scaleup").run(["demo", "vanished"])
    #expect(missing.status == 1)
    #expect(
      missing.error.contains("for the lessons: scaleup-fork, ") && missing.error.contains("swift build"))
    #expect(missing.error.split(separator: "\n").count == 1)
    try folder.install(
      ["fork", "dispatch", "taskgroup", "threads", "experiment"].map { "scaleup-\($0)" })
    try folder.write(
      """
      #!/bin/sh
      if [ "$1" = --describe ]; then
        echo '{"schema":"scaleup.model/1","model":"single","summary":"s","version":"1","maximumWorkers":1,"workloads":[{"name":"sum","summary":"","extent":"numbers"}]}'
      else
        echo '{"schema":"scaleup.trial/1","result":"41","region":5}'
      fi
      """, to: "scaleup-other", isExecutable: true)
    try FileManager.default.removeItem(atPath: "\(folder.path)/scaleup-single")
    let wrong = try Program(path: "\(folder.path)/scaleup").run(["demo", "one-core"])
    #expect(wrong.status == 1 && wrong.error.contains("wrong answer: 41"))
  }
}
