import Foundation
import Records
import Report
import Testing

/// The reports of one run, letter by letter. `SCALEUP_RECORD_GOLDENS=1 swift test` writes the files anew, for a
/// person to read and commit; the tests then fail, so that this cannot pass for a test that was passed.
@Suite("The golden files")
struct GoldenTests {
  @Test("have the text report as wide as it gets")
  func wide() throws {
    try compare(textReport(of: syntheticRun), "wide.txt")
  }

  @Test("have the text report in 60 and in 40 columns", arguments: [60, 40])
  func narrow(width: Int) throws {
    try compare(textReport(of: syntheticRun, style: TextStyle(width: width)), "width\(width).txt")
  }

  @Test("have the text report with bold headings")
  func bold() throws {
    try compare(textReport(of: syntheticRun, style: TextStyle(isBold: true)), "bold.txt")
  }

  @Test("have the Markdown report")
  func markdown() throws {
    try compare(markdownReport(of: syntheticRun), "report.md")
  }

  @Test("have the comma-separated values")
  func csv() throws {
    try compare(csvReport(of: syntheticRun), "trials.csv")
  }

  @Test("have kernels, schedules and peers in text, in 60 columns, and in Markdown")
  func peers() throws {
    try compare(textReport(of: syntheticPeerRun), "peers.txt")
    try compare(textReport(of: syntheticPeerRun, style: TextStyle(width: 60)), "peers60.txt")
    try compare(markdownReport(of: syntheticPeerRun), "peers.md")
  }

  @Test("have the machine report")
  func machine() throws {
    try compare(machineReport(of: syntheticRun.passport, host: syntheticRun.host), "machine.txt")
  }

  private func compare(
    _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
    let file = folder.appending(path: name)
    if ProcessInfo.processInfo.environment["SCALEUP_RECORD_GOLDENS"] == "1" {
      try Data(text.utf8).write(to: file)
      Issue.record("\(name) was written anew; read it, and test again", sourceLocation: sourceLocation)
      return
    }
    let golden = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    let (lines, goldenLines) = (rawLines(text), rawLines(golden))
    let place = zip(lines, goldenLines).prefix { $0 == $1 }.count
    let isSame = text.utf8.elementsEqual(golden.utf8)
    #expect(
      isSame,
      "\(name) differs from line \(place + 1) on: \(lines.dropFirst(place).first ?? "is too short")",
      sourceLocation: sourceLocation)
  }

  private func rawLines(_ text: String) -> [String] {
    text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
  }
}
