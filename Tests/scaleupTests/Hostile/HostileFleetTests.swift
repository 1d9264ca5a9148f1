import Arguments
import Foundation
import Harness
import Platform
import Records
import TestSupport
import Testing

@testable import scaleup

/// `scaleup report` reads or refuses any record of a fleet: no crash, no hang, one line.
@Suite(.timeLimit(.minutes(10)))
struct HostileFleetTests {
  /// A fleet with everything that its report computes with.
  private static var fleet: FleetRecord {
    var record = FleetSimulationTests.fleet(policy: #"{"kind":"target-tracking","target":50}"#)
    record.points = Array(record.points.prefix(12))
    record.duration = 12_000_000_000
    record.points[11].jobs = .init(waiting: 1, running: 2, done: 3, redelivered: 4)
    let instance = GroupSample.Instance(
      name: "i-1", usedCores: 0.05, cores: 0.1, isReady: true, isDraining: false, launched: 0, changed: 3)
    record.decisions = [
      .init(
        sample: .init(
          time: 60, current: 2, warming: 0, utilization: 50, requestsPerInstance: 2.5, queue: 3,
          instances: [instance]),
        desired: 3, wanted: 4, limitedBy: "max", reason: "utilization")
    ]
    record.events = [.init(time: 1_000_000_000, kind: .died, instance: "i-1", detail: "killed")]
    (record.instances[0].inService, record.instances[0].ended) = (2_000_000_000, 9_000_000_000)
    record.front = FrontStatus(
      time: 12_000_000_000, requests: 6000, answered: 6000, cpuTime: 90_000_000,
      targets: [.init(name: "i-1", state: .healthy, since: 1)])
    return record
  }

  /// Runs a command line, and returns whether it succeeded. A failure must be of a kind that names what to do.
  private func attempt(_ words: [String]) -> Bool {
    do {
      _ = try ReportCommand.output(of: words)
      return true
    } catch {
      #expect(error is CommandFailure || error is UsageError, "\(words): \(error)")
      return false
    }
  }

  @Test("a hostile fleet is reported and drawn, or refused")
  func fleets() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "scaleup-hostile-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (path, page) = ("\(folder.path())hostile.json", "\(folder.path())page.html")
    let text = try Self.fleet.text()
    var files = HostileFiles([text], seed: 21)
    var accepted = 0
    for count in 0..<60 * Fuzz.factor {
      try File.replace(path, with: count == 0 ? Array(text.utf8) : files.next())
      let isRead = attempt([path])
      if count == 0 { #expect(isRead) }
      guard isRead else { continue }
      accepted += 1
      #expect(attempt([path, "--format", "json"]) && attempt([path, "--html", page]))
      // Its page is as good as the record.
      #expect(attempt([page]))
      _ = attempt([path, "--svg", "\(folder.path())pictures"])
    }
    #expect(accepted > 5 * Fuzz.factor)
  }

  @Test("a fleet has no CSV and no Markdown, and its page is read like the record")
  func formats() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "scaleup-fleet-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (path, page) = ("\(folder.path())fleet.json", "\(folder.path())fleet.html")
    try File.replace(path, with: Self.fleet.text().utf8)
    #expect(!attempt([path, "--format", "csv"]) && !attempt([path, "--format", "markdown"]))
    let written = try ReportCommand.output(of: [path, "--html", page, "--svg", "\(folder.path())pictures"])
    #expect(written.error.contains("wrote") && written.error.contains("pictures"))
    let (json, again) = (
      try ReportCommand.output(of: [path, "--format", "json"]),
      try ReportCommand.output(of: [page, "--format", "json"])
    )
    #expect(try json.output == Self.fleet.text() && again.output == json.output)
    #expect(try ReportCommand.output(of: [path]).output.contains("simulated"))
  }
}
