import Foundation
import Testing

@testable import Report

struct ColumnReferenceTests {
  private static let opening = "<!-- columns -->\n"
  private static let closing = "<!-- end -->"

  /// With `SCALEUP_RECORD_GOLDENS=1` the reference is written anew and the test fails, so that somebody reads it.
  @Test("results/README.md describes every column of the catalogue")
  func reference() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    let file = root.appending(path: "results/README.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let begin = try #require(text.range(of: Self.opening)).upperBound
    let end = try #require(text.range(of: Self.closing, range: begin..<text.endIndex)).lowerBound
    if ProcessInfo.processInfo.environment["SCALEUP_RECORD_GOLDENS"] == "1" {
      let updated = text.replacingCharacters(in: begin..<end, with: columnReference())
      try Data(updated.utf8).write(to: file)
      Issue.record("results/README.md was written; read it, and test again")
      return
    }
    #expect(text[begin..<end] == columnReference())
  }

  @Test("titles are unique within a group of columns, and every column says what it means")
  func catalogue() {
    let titles = ReportColumn.all.map(\.title)
    #expect(Set(titles).count == titles.count)
    #expect(ReportColumn.all.allSatisfy { $0.meaning.hasSuffix(".") || $0.meaning.hasSuffix(")") })
    let standard = ReportColumn.all.filter { $0.group == .standard }.map(\.title)
    #expect(
      standard == [
        "time", "GB/s", "operations/s", "CPU/request", "±", "speedup", "efficiency", "utilization", "p50",
        "p99",
        "server", "generator", "bound by",
      ])
  }
}
