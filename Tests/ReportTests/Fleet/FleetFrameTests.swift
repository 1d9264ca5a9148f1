import Records
import TestSupport
import Testing

@testable import Report

@Suite struct FleetFrameTests {
  /// The frame in the middle of the made fleet's rise.
  private func frame(seconds: Int = 62, width: Int, height: Int, isColoured: Bool = false) -> [String] {
    let fleet = MadeFleet(seconds: seconds)
    let statuses = fleet.statuses
    return fleetFrame(
      of: fleet.record, statuses.last, since: statuses.before, width: width, height: height,
      isColoured: isColoured)
  }

  @Test(
    "the live view has the instances, the group, the traffic and the last decisions",
    arguments: [(80, 24), (60, 15), (40, 10)])
  func golden(width: Int, height: Int) throws {
    let lines = frame(width: width, height: height)
    try compare(lines.map { $0 + "\n" }.joined(), "fleet-live\(width).txt")
  }

  @Test("the live view is as wide and high as the terminal at most, whatever the record holds")
  func sizes() {
    var random = SplitMix64(seed: 3)
    for round in 0..<300 {
      let (record, status) = RandomFleet.next(&random)
      let (width, height) = (Int.random(in: 1...130, using: &random), Int.random(in: 1...50, using: &random))
      let lines = fleetFrame(
        of: record, round % 5 == 0 ? nil : status, width: width, height: height, isColoured: false)
      #expect((1...height).contains(lines.count))
      #expect(lines.allSatisfy { $0.count <= width && !$0.contains { $0.isNewline } }, "\(width): \(lines)")
    }
  }

  @Test("colours change nothing but the colours, and are absent unless asked for")
  func colours() {
    let (plain, coloured) = (frame(width: 80, height: 24), frame(width: 80, height: 24, isColoured: true))
    #expect(plain.allSatisfy { !$0.contains("\u{1B}") })
    #expect(coloured.contains { $0.contains("\u{1B}[") })
    let bare = coloured.map { line in
      line.replacing(/\u{1B}\[[0-9]+m/, with: "")
    }
    #expect(bare == plain)
  }

  @Test("in the live view, instances without a line of their own are counted by state")
  func folded() {
    let lines = frame(width: 80, height: 12)
    let folded = lines.first { $0.hasPrefix("and ") }
    #expect(folded?.contains("in service") == true)
  }

  @Test("the most important lines stay in a low terminal, and a failure is one of them")
  func low() {
    var record = MadeFleet(seconds: 62).record
    record.failure = "haproxy ended\u{1B}[2J\nwith status 1"
    let lines = fleetFrame(of: record, nil, width: 60, height: 4, isColoured: false)
    #expect(lines.count == 4)
    #expect(lines[0].hasPrefix("fleet 1:02, target-tracking"))
    #expect(lines[1].hasPrefix("haproxy ended"))
    #expect(!lines.joined().contains("\u{1B}"))
    #expect(lines[2].hasPrefix("group") && lines[3].hasPrefix("traffic"))
  }

  @Test("rates need two statuses of the front, and are unknown with one")
  func rates() {
    let fleet = MadeFleet(seconds: 62)
    func names(_ earlier: FrontStatus?) -> [String] {
      fleetFrame(
        of: fleet.record, fleet.statuses.last, since: earlier, width: 80, height: 40, isColoured: false
      ).filter { $0.hasPrefix("i-1 ") }
    }
    #expect(names(fleet.statuses.before)[0].contains("  50  "))
    // The record's own status is not older than the last one.
    #expect(names(nil)[0].contains(" -  "))
  }

  @Test("the live view of a queue has a line about its jobs")
  func jobs() {
    let fleet = MadeFleet(seconds: 62)
    var status = fleet.statuses.last
    status.jobs = .init(waiting: 12, running: 4, done: 70, redelivered: 1)
    let lines = fleetFrame(of: fleet.record, status, width: 80, height: 24, isColoured: false)
    #expect(lines.contains("jobs        12 waiting, 4 running, 70 done, 1 given out again"))
  }

  @Test("a fleet that has just started has a live view")
  func empty() {
    let settings = MadeFleet(seconds: 1).record.settings
    let record = FleetRecord(host: "h", startedAt: "2026-11-28T00:36:21Z", settings: settings)
    let lines = fleetFrame(of: record, nil, width: 80, height: 24, isColoured: false)
    #expect(lines.first?.hasPrefix("fleet 0:00") == true)
    #expect(lines.contains { $0.contains("desired 1") })
  }
}
