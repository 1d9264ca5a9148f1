import Foundation
import Testing

@testable import Report

struct ColumnReferenceTests {
  /// With `SCALEUP_RECORD_GOLDENS=1` the references are written anew and the test fails, so that somebody reads them.
  @Test("results/README.md describes every column of the tables and of CSV")
  func reference() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    let file = root.appending(path: "results/README.md")
    var text = try String(contentsOf: file, encoding: .utf8)
    let isRecording = ProcessInfo.processInfo.environment["SCALEUP_RECORD_GOLDENS"] == "1"
    for (name, reference) in [("columns", columnReference()), ("csv columns", csvColumnReference())] {
      let begin = try #require(text.range(of: "<!-- \(name) -->\n")).upperBound
      let end = try #require(text.range(of: "<!-- end -->", range: begin..<text.endIndex)).lowerBound
      if isRecording {
        text.replaceSubrange(begin..<end, with: reference)
      } else {
        #expect(text[begin..<end] == reference)
      }
    }
    if isRecording {
      try Data(text.utf8).write(to: file)
      Issue.record("results/README.md was written; read it, and test again")
    }
  }

  @Test("titles are unique within a group of columns, and every column says what it means")
  func catalogue() {
    let titles = ReportColumn.all.map(\.title)
    #expect(Set(titles).count == titles.count)
    #expect(Set(CSVColumn.all.map(\.title)).count == CSVColumn.all.count)
    #expect(CSVColumn.all.allSatisfy { $0.meaning.hasSuffix(".") })
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
