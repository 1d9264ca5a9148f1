import Foundation
import Records
import Report
import Testing

/// The reports of one run, letter by letter.
struct GoldenTests {
  @Test("the text report matches its golden file")
  func wide() throws {
    try compare(runDetails(of: syntheticRun), "wide.txt")
  }

  @Test("the text report in 60 and 40 columns matches its golden files", arguments: [60, 40])
  func narrow(width: Int) throws {
    try compare(
      runSummary(of: syntheticRun, style: TextStyle(width: width), hint: "More: scaleup report run.json"),
      "width\(width).txt")
  }

  @Test("bold headings match their golden file")
  func bold() throws {
    try compare(runSummary(of: syntheticRun, style: TextStyle(isBold: true)), "bold.txt")
  }

  @Test("the Markdown report matches its golden file")
  func markdown() throws {
    try compare(markdownReport(of: syntheticRun), "report.md")
  }

  @Test("the CSV matches its golden file")
  func csv() throws {
    try compare(csvReport(of: [syntheticRun]), "trials.csv")
  }

  @Test("kernels, schedules and peers match their golden files as text, in 60 columns and as Markdown")
  func peers() throws {
    try compare(runDetails(of: syntheticPeerRun), "peers.txt")
    try compare(runSummary(of: syntheticPeerRun, style: TextStyle(width: 60)), "peers60.txt")
    try compare(markdownReport(of: syntheticPeerRun), "peers.md")
  }

  @Test(
    "intervals, outliers, losses, laws and drift match their golden files as text, in 80 columns and as Markdown"
  )
  func scaling() throws {
    try compare(runDetails(of: syntheticScalingRun), "scaling.txt")
    try compare(runDetails(of: syntheticScalingRun, style: TextStyle(width: 80)), "scaling80.txt")
    try compare(markdownReport(of: syntheticScalingRun), "scaling.md")
  }

  @Test("commands match their golden files as text, in 80 columns, as Markdown and as CSV")
  func commands() throws {
    try compare(runDetails(of: syntheticCommandRun), "commands.txt")
    try compare(runSummary(of: syntheticCommandRun, style: TextStyle(width: 80)), "commands80.txt")
    try compare(markdownReport(of: syntheticCommandRun), "commands.md")
    try compare(csvReport(of: [syntheticCommandRun]), "commands.csv")
  }

  @Test("services match their golden files as text, in 80 columns, as Markdown and as CSV")
  func services() throws {
    try compare(runDetails(of: syntheticServiceRun), "services.txt")
    try compare(runSummary(of: syntheticServiceRun, style: TextStyle(width: 80)), "services80.txt")
    try compare(markdownReport(of: syntheticServiceRun), "services.md")
    try compare(csvReport(of: [syntheticServiceRun]), "services.csv")
  }

  @Test("the machine report matches its golden file")
  func machine() throws {
    try compare(machineReport(of: syntheticRun.passport, host: syntheticRun.host), "machine.txt")
  }
}
