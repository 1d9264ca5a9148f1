import Records
import TestSupport
import Testing

@testable import Report

@Suite struct FleetReportTests {
  private let fleet = MadeFleet()

  @Test("a fleet has its outcome, the group over time beside its simulation, decisions, events and instances")
  func golden() throws {
    try compare(fleetReport(of: fleet.record, simulated: fleet.simulated), "fleet.txt")
  }

  @Test("lines keep within a narrow terminal", arguments: [60, 80])
  func narrow(width: Int) throws {
    let text = fleetReport(of: fleet.record, simulated: fleet.simulated, style: TextStyle(width: width))
    try compare(text, "fleet\(width).txt")
    for line in text.split(separator: "\n") { #expect(line.count <= width, "\(line)") }
  }

  @Test("failures come first, and what was not measured is not shown")
  func failed() {
    var record = FleetRecord(host: "h", startedAt: "2026-11-28T00:36:21Z", settings: fleet.record.settings)
    (record.failure, record.interrupted, record.duration) = ("haproxy ended", true, 65_000_000_000)
    let lines = fleetReport(of: record).split(separator: "\n")
    #expect(lines[1] == "FAILED: haproxy ended" && lines[2] == "INTERRUPTED after 1:05.")
    #expect(
      lines[3]
        == "No instance was in service, 0 instance-seconds; 0 scale-outs, 0 scale-ins, 0 failed instances replaced."
    )
    #expect(!lines.contains { $0.contains("simulated") || $0.contains("the group over time") })
  }

  @Test("without built-in traffic, the samples say how often the objective was met")
  func ownTraffic() {
    var record = fleet.record
    record.load = nil
    let late = record.points.count { ($0.latency ?? 0) > 100_000_000 }
    let known = record.points.count { $0.latency != nil }
    #expect(late > 0)
    #expect(fleetReport(of: record).contains("; p95 ≤ 100 ms in \(known - late) of \(known) samples."))
  }

  @Test("failed requests miss an objective that the answered ones meet, unless they are within it")
  func failedRequests() {
    func verdict(failed: UInt64, late: UInt64 = 0) -> String {
      var record = fleet.record
      let answered = 102 - failed
      record.front = FrontStatus(time: record.duration, requests: 102, answered: answered, failed: failed)
      var load = LoadRecord(url: "http://h/", connections: 1, duration: 1, warmUp: 0)
      (load.sent, load.answered) = (102, answered)
      load.latency.record(4_698_000, times: answered - late)
      load.latency.record(900_000_000, times: late)
      load.errors[.badStatus] = failed
      record.load = load
      return String(fleetReport(of: record).split(separator: "\n")[1])
    }
    let missed = "the objective p95 ≤ 100 ms is missed."
    #expect(
      verdict(failed: 41)
        == "p95 of the answered requests is 4.698 ms, but 41 of 102 requests failed: \(missed)")
    #expect(
      verdict(failed: 5, late: 1)
        == "p95 of the answered requests is 4.698 ms, but 5 of 102 requests failed and 1 was late: \(missed)")
    #expect(verdict(failed: 102) == "102 of 102 requests failed: \(missed)")
    #expect(
      verdict(failed: 5) == "102 requests, 5 failed; p95 4.698 ms meets the objective p95 ≤ 100 ms.")
    #expect(
      verdict(failed: 0) == "102 requests, none failed; p95 4.698 ms meets the objective p95 ≤ 100 ms.")
    #expect(
      verdict(failed: 5, late: 50).hasPrefix("102 requests, 5 failed; p95 ")
        && verdict(failed: 5, late: 50).hasSuffix("misses the objective p95 ≤ 100 ms."))
  }

  @Test("an instance of one core has 1 core")
  func oneCore() {
    var record = fleet.record
    record.settings.share = 1
    #expect(fleetReport(of: record).contains(" 1 core each by pacing"))
  }

  @Test("the page of a fleet has its outcome, pictures, decisions, events, instances and the record itself")
  func page() throws {
    let short = MadeFleet(seconds: 60)
    let page = fleetPage(of: short.record, simulated: short.simulated, json: "{}")
    try compare(page, "fleet.html")
    #expect(EmbeddedRecord.records(in: page) == ["{}"])
    let root = try parseXML(page)
    #expect(
      root.all("section").map { $0.attributes["id"] }
        == ["time", "decisions", "events", "instances", "samples", "settings"])
  }

  @Test("instances that failed and instances of older versions are replaced in words of their own")
  func replacements() {
    var record = MadeFleet().record
    let before = fleetAnswers(of: record, nil).first { $0.contains("scale-out") } ?? ""
    #expect(before.hasSuffix(", 1 failed instance replaced."))
    record.events += (1...2).map {
      .init(time: 0, kind: .updated, instance: "i-\($0)", detail: "template 1 → 2")
    }
    #expect(fleetAnswers(of: record, nil).contains(before.dropLast() + ", 2 instances updated."))
    let report = fleetReport(of: record)
    #expect(report.contains("2 updated") && report.contains("template 1 → 2"))
  }

  @Test("requests of the built-in traffic without an answer at its end are in the result")
  func unanswered() throws {
    var record = MadeFleet().record
    #expect(!fleetReport(of: record).contains("not answered"))
    record.load?.unanswered = 7
    #expect(
      fleetAnswers(of: record, nil).contains(
        "When the built-in traffic ended, 7 requests had been sent but not answered."))
  }

  @Test("from an hour on, times have hours")
  func hours() {
    let times = [0, 59, 60, 3_599, 3_600, 86_399, 86_400].map { fleetClock(nanoseconds: $0 * 1_000_000_000) }
    #expect(times == ["0:00", "0:59", "1:00", "59:59", "1:00:00", "23:59:59", "24:00:00"])
  }

  @Test("the first instances are in service after their true start-up, also before the clock began")
  func startDelay() {
    var record = MadeFleet().record
    record.instances[0].startDelay = 1_400_000_000
    #expect(instanceTable(record.instances.prefix(1)).rows[0].contains("1.400 s"))
  }

  @Test("the jobs of a queue are counted, the failed ones if the record has them")
  func jobs() {
    var record = fleet.record
    record.front = FrontStatus(time: 0, jobs: .init(done: 4, failed: 2, redelivered: 8))
    let counted = "Jobs at the end: 4 done, 2 failed, 0 running, 0 waiting; 8 given out again"
    #expect(fleetReport(of: record).contains(counted))
    record.front?.jobs?.failed = nil
    #expect(fleetReport(of: record).contains(counted.replacing("2 failed, ", with: "")))
  }

  @Test("the pictures of a fleet are those of its quantities, and those of a queue if it is one")
  func pictures() throws {
    #expect(fleetPictures(of: fleet.record).map(\.name) == ["instances", "rate", "latency", "utilization"])
    var record = fleet.record
    for index in record.points.indices { record.points[index].jobs = .init(waiting: index) }
    let pictures = fleetPictures(of: record, simulated: fleet.simulated)
    #expect(pictures.map(\.name) == ["instances", "rate", "latency", "utilization", "jobs"])
    for (name, svg) in pictures {
      let root = try parseXML(svg)
      #expect(root.name == "svg" && !root.all("path").contains { $0.attributes["d"] == "M" }, "\(name)")
    }
    let words = try parseXML(pictures[0].svg).all("text").map(\.wholeText)
    for word in ["in service", "desired", "simulated", "fault: died, killed", "replaced"] {
      #expect(words.contains(word), "\(word)")
    }
    record.points = []
    #expect(fleetPictures(of: record).isEmpty)
  }

  @Test("any record is reported and drawn, foreign names as text")
  func hostile() throws {
    var random = SplitMix64(seed: 8)
    for _ in 0..<60 {
      var (record, status) = RandomFleet.next(&random)
      record.front = status
      let text = fleetReport(of: record, simulated: fleet.simulated, style: TextStyle(width: 80))
      #expect(!text.contains("\u{1B}"))
      let page = fleetPage(of: record, simulated: fleet.simulated, json: "{}")
      let root = try parseXML(page)
      #expect(root.all("b").isEmpty && root.all("script").count == 2)
      let identifiers = root.all.compactMap { $0.attributes["id"] }
      #expect(Set(identifiers).count == identifiers.count)
    }
  }
}
