import Records
import TestSupport
import Testing

@testable import Report

@Suite struct PlanReportTests {
  private func size(_ name: String, _ cores: Int, _ demand: PlanRecord.Estimate, count: Double)
    -> PlanRecord.Size
  {
    var size = PlanRecord.Size(
      name: name, cores: cores, demand: demand, demandSource: "measured: fork with 2 workers on example",
      law: nil,
      effectiveCores: Double(cores), load: .init(320, lower: 300, upper: 350),
      byUtilization: .init(count, lower: count - 2, upper: count + 3),
      bySquareRoot: .init(count - 5), instances: .init(count + 1, lower: count - 1, upper: count + 4))
    size.byObjective = .init(count)
    size.byWait = .init(count - 4)
    size.price = 0.05 * Double(cores)
    size.monthlyCost = 1234.5 * Double(cores)
    return size
  }

  private func plan() -> PlanRecord {
    var plan = PlanRecord(
      month: 2.5e6,
      traffic: .init(
        amounts: [
          .init(name: "reads", count: 1e11, unit: "month", rate: 40_000),
          .init(name: "writes", count: 1e9, unit: "month", rate: 400),
        ], mean: 40_400, peak: 121_200, peakFactor: 3),
      objective: .init(percentile: 95, time: 200_000_000), target: 0.5, waitProbability: 0.2)
    plan.storage = .init(bytesPerWrite: 1000, perMonth: 1e12)
    var large = size("big", 16, .init(8e6, lower: 7.5e6, upper: 8.75e6), count: 40)
    (large.law, large.effectiveCores) = (.init(alpha: 0.03, beta: 0.0001, isMeasured: true), 10.85)
    large.byCapacity = .init(44, lower: 42, upper: 44)
    plan.sizes = [size("small", 2, .init(8e6), count: 320), large]
    plan.serverless = .init(pricePerRequest: 2e-7, requestsPerMonth: 1.01e11)
    plan.sizes[0].breakEvenRate = .init(4938, lower: 4800, upper: 5102)
    return plan
  }

  private func point(minute: Int) -> SimulationRecord.Point {
    let isHigh = minute >= 60
    return SimulationRecord.Point(
      time: 60 * Double(minute), rate: isHigh ? 600 : 200, desired: isHigh ? 8 : 2,
      inService: minute < 62 ? 2 : 8,
      starting: 0, draining: 0, utilization: 0.4, response: 25_000_000, queue: 3, outside: minute == 60)
  }

  private func simulation(_ names: [String]) -> SimulationRecord {
    var record = SimulationRecord(
      depth: "requests", seed: 1, duration: 7200, cores: 2, demand: 8e6,
      assumptions: ["depth requests: every request"],
      objective: .init(percentile: 95, time: 200_000_000))
    record.policies = names.map { name in
      var policy = SimulationRecord.Policy(name: name)
      (policy.minutes, policy.minutesOutside, policy.requests, policy.late) = (120, 7, 1e6, 12_345)
      (policy.lost, policy.instanceHours, policy.cost, policy.actions) = (67, 12.34, 1.25, 2)
      (policy.mostInService, policy.response, policy.failures, policy.endedBeforeReady) = (
        8, 31_000_000, 1, 1
      )
      policy.timeline = (1...120).map { point(minute: $0) }
      policy.trace = [
        .init(
          time: 3615, utilization: 0.99, queue: 40, current: 2, wanted: 9, limitedBy: "max", desired: 8,
          reason: "cpu 99 % for a target of 50 %"),
        .init(
          time: 3630, utilization: 0.5, queue: 0, current: 8, wanted: 8, limitedBy: nil, desired: 8,
          reason: "within the tolerance"),
      ]
      return policy
    }
    return record
  }

  @Test("a plan has its traffic, its storage, a row per size with all rules, and its cost")
  func golden() throws {
    try compare(planReport(of: plan()), "plan.txt")
  }

  @Test("a single policy has its timeline and the decisions that changed the group")
  func policy() throws {
    var plan = plan()
    (plan.sizes, plan.storage, plan.serverless) = ([], nil, nil)
    plan.simulation = simulation(["hpa"])
    try compare(planReport(of: plan), "plan-policy.txt")
  }

  @Test("several policies have a row each, and pictures with a line each")
  func policies() throws {
    var plan = plan()
    plan.simulation = simulation(["hpa", "a <b> & \u{1B}[31m"])
    let text = planReport(of: plan)
    #expect(
      text.contains("7 of 120") && text.contains("A single policy shows") && !text.contains("timeline of"))
    #expect(!text.contains("\u{1B}"))
    let pictures = planPictures(of: plan)
    #expect(
      pictures.map(\.name) == ["traffic", "desired", "instances", "utilization", "response", "queue"])
    for (name, svg) in pictures {
      #expect(svg.hasSuffix("</svg>\n") && !svg.contains("<b>") && !svg.contains("\u{1B}"), "\(name)")
    }
    plan.simulation = nil
    #expect(planPictures(of: plan).isEmpty)
  }

  @Test(
    "the page of a plan has its answer, the policies with their pictures and decisions, the instances and the plan itself"
  )
  func page() throws {
    var plan = plan()
    plan.simulation = simulation(["hpa", "step"])
    plan.simulation?.policies[1].minutesOutside = 9
    plan.simulation?.policies[1].instanceHours = 10
    // A few minutes are enough to see.
    for policy in 0..<2 { plan.simulation?.policies[policy].timeline.removeFirst(100) }
    let page = htmlReport(of: plan, json: "{}")
    try compare(page, "plan.html")
    #expect(EmbeddedRecord.records(in: page) == ["{}"])
  }

  @Test(
    "the page of a plan shows foreign names as text, and needs no other script than its own",
    arguments: hostileNames)
  func hostilePage(name: String) throws {
    var plan = plan()
    plan.sizes[0].name = name
    plan.simulation = simulation([name, name])
    plan.simulation?.policies[0].trace[0].reason = name
    plan.simulation?.policies[0].trace[0].limitedBy = name
    let root = try parseXML(htmlReport(of: plan, json: "{}"))
    let identifiers = root.all.compactMap { $0.attributes["id"] }
    #expect(Set(identifiers).count == identifiers.count)
    for link in root.all("a") {
      #expect(identifiers.contains(String(link.attributes["href"]?.dropFirst() ?? "")))
    }
    #expect(root.all("script").count == 2)
    let script = try #require(root.all("script").first { $0.attributes["type"] == nil })
    #expect(sha256Source(of: script.text) == PageScript.hash)
    for table in root.all("table") {
      #expect(
        table.children.first?.name == "caption"
          && table.all("th").allSatisfy { $0.attributes["scope"] != nil })
    }
  }

  @Test("a plan without a demand, sizes or policies has a page too")
  func barePage() throws {
    var plan = plan()
    (plan.sizes, plan.storage, plan.serverless) = ([], nil, nil)
    let root = try parseXML(htmlReport(of: plan, json: "{}"))
    #expect(root.all("section").map { $0.attributes["id"] } == ["instances", "traffic"])
    plan.simulation = simulation([])
    #expect(throws: Never.self) { try parseXML(htmlReport(of: plan, json: "{}")) }
  }

  @Test(
    "the policies with the fewest minutes outside and the fewest instance hours are named, also if several are"
  )
  func answer() {
    var record = simulation(["a", "b", "c"])
    record.policies[2].minutesOutside = 3
    #expect(
      policyAnswer(record) == [
        "In the simulation, c has the fewest minutes outside p95 ≤ 200 ms (3 of 120), and a and b and c take the fewest "
          + "instance hours (12.3)."
      ])
    record.policies[1].instanceHours = 1
    #expect(
      policyAnswer(record)[0].hasSuffix("b takes the fewest instance hours (1.0, with 7 minutes outside)."))
    #expect(
      policyAnswer(simulation(["a"])) == [
        "In the simulation, a has 7 of 120 minutes outside p95 ≤ 200 ms and takes 12.3 instance hours."
      ])
    #expect(policyAnswer(simulation([])).isEmpty)
  }

  @Test("lines keep within a narrow terminal")
  func narrow() {
    var plan = plan()
    plan.simulation = simulation(["hpa"])
    for line in planReport(of: plan, style: TextStyle(width: 80)).split(separator: "\n") {
      #expect(line.count <= 80, "\(line)")
    }
  }
}
