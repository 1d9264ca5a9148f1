import Foundation
import Records
import Report
import Testing

/// The reports of one run, letter by letter.
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
    try compare(csvReport(of: [syntheticRun]), "trials.csv")
  }

  @Test("have kernels, schedules and peers in text, in 60 columns, and in Markdown")
  func peers() throws {
    try compare(textReport(of: syntheticPeerRun), "peers.txt")
    try compare(textReport(of: syntheticPeerRun, style: TextStyle(width: 60)), "peers60.txt")
    try compare(markdownReport(of: syntheticPeerRun), "peers.md")
  }

  @Test("have intervals, outliers, losses, laws and a drift in text, in 80 columns, and in Markdown")
  func scaling() throws {
    try compare(textReport(of: syntheticScalingRun), "scaling.txt")
    try compare(textReport(of: syntheticScalingRun, style: TextStyle(width: 80)), "scaling80.txt")
    try compare(markdownReport(of: syntheticScalingRun), "scaling.md")
  }

  @Test("have the machine report")
  func machine() throws {
    try compare(machineReport(of: syntheticRun.passport, host: syntheticRun.host), "machine.txt")
  }
}
