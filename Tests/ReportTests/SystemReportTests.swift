import Records
import Testing

@testable import Report

@Suite struct SystemReportTests {
  private func point(_ rate: Double, _ capacity: Double) -> SystemRecord.Point {
    let throughput = min(rate, 0.98 * capacity)
    return SystemRecord.Point(
      rate: rate, throughput: throughput, throughputBound: min(rate, capacity),
      response: 5e9 * (rate / throughput - 1) + 6e6, responseBound: 5e6)
  }

  private func change(_ kind: String, _ before: Double, _ after: Double) -> SystemRecord.Change {
    .init(
      kind: kind, tier: "web", before: before, after: after, capacity: 500, bottleneck: "database",
      response: 7e6)
  }

  private func stage(_ name: String, rate: Double) -> SystemRecord.Stage {
    var web = SystemRecord.Tier(name: "web", kind: "web", machines: 2, cores: 4, zones: 2)
    (web.reads, web.demand, web.utilization, web.capacity) = (0.3 * rate, 20e6, rate / 400, 400)
    web.capacityWithoutZone = 200
    var files = SystemRecord.Tier(name: "static files", kind: "cache", machines: 1, cores: 1, zones: 1)
    (files.hitRatio, files.reads) = (0.7, 0.99 * rate)
    var database = SystemRecord.Tier(name: "database", kind: "database", machines: 6, cores: 2, zones: 1)
    (database.replicas, database.shards, database.reads) = (2, 2, 0.3 * rate)
    (database.demand, database.utilization) = (12e6, rate / 1000)
    (database.capacity, database.capacityWithoutZone) = (1000, 0)
    var stage = SystemRecord.Stage(
      name: name, users: 100 * rate, reads: 0.99 * rate, writes: 0.01 * rate, tiers: [files, web, database],
      bottleneck: "web", capacity: 400, capacityWithoutZone: 0, state: point(rate, 400),
      curve: [0.1, 0.5, 0.9, 1, 1.5, 2].map { point(400 * $0, 400) })
    stage.remedies = [
      change("cores", 4, 8), change("instances", 2, 4), change("cache", 0.7, 0.85), change("cache", 0, 0.8),
      change("queue", 0, 3),
    ]
    return stage
  }

  private func plan(projected: Bool) -> PlanRecord {
    var plan = PlanRecord(
      month: 2.5e6, traffic: .init(amounts: [], mean: 100, peak: 100, peakFactor: 1), objective: nil,
      target: 0.5, waitProbability: 0.2)
    var second = stage(projected ? "×2" : "a <b> & \u{1B}[31m", rate: 600)
    if projected { second.changes = [change("instances", 2, 6), change("shards", 2, 3)] }
    plan.system = SystemRecord(
      name: "a shop", thinkTime: 5e9, isProjected: projected,
      stages: [stage(projected ? "×1" : "small", rate: 100), second])
    return plan
  }

  @Test("stages of a file each have their tiers, their bottleneck and what its remedies give")
  func stages() throws {
    try compare(planReport(of: plan(projected: false)), "system.txt")
  }

  @Test("growing traffic has the changes of each stage, and the tiers of the first")
  func growth() throws {
    try compare(planReport(of: plan(projected: true)), "system-growth.txt")
  }

  @Test("lines keep within a narrow terminal")
  func narrow() {
    for line in planReport(of: plan(projected: false), style: TextStyle(width: 80)).split(separator: "\n") {
      #expect(line.count <= 80, "\(line)")
    }
  }

  @Test("pictures have a line per stage and the bounds, and escape names")
  func pictures() {
    let pictures = planPictures(of: plan(projected: false))
    #expect(pictures.map(\.name) == ["throughput", "response"])
    for (name, svg) in pictures {
      #expect(svg.hasSuffix("</svg>\n") && !svg.contains("<b>") && !svg.contains("\u{1B}"), "\(name)")
      #expect(svg.split(separator: "class=\"ideal\"").count == 3 && svg.contains(">small<"))
    }
  }
}
