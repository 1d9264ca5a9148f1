import Formatting
import Records
import Report

/// Lets the traffic of a fleet rise at once, and shows how late the instances come that its policy launches.
struct LateInstances: Lesson {
  static let name = "fleet"
  static let title = "A fleet that grows: instances come, and are late"
  static let files = [
    "Sources/scaleup/Fleet/FleetRun.swift", "Sources/Fleet/Group/PolicyLoop.swift",
    "Sources/Autoscaling/Kubernetes/HorizontalPodAutoscaler.swift",
  ]

  private static let share = 0.1
  private static let (initial, most) = (2, 8)
  /// The start-up of an instance in seconds.
  private static let startUp = 1.0

  private let bench: Bench
  private let upTo: UInt64
  /// The requests per second before and after the change.
  private let rates: (before: Double, after: Double)

  init(_ bench: Bench) throws {
    self.bench = bench
    let cost = try bench.cost(of: Configuration(model: "single", workload: "sum", workers: 1))
    upTo = cost.amount(taking: 2e6)
    // The requests per second that keep one instance busy all the time.
    let capacity = Self.share * 1e9 / max(1, cost.time(of: upTo))
    rates = (max(1, (0.4 * capacity).rounded()), max(1, (3.2 * capacity).rounded()))
  }

  /// The seconds before and after the change.
  private var times: (before: Int, after: Int) { bench.isQuick ? (1, 4) : (4, 9) }

  var question: Question {
    Question(
      "\(Self.initial) instances, each a process with a tenth of a core, answer \(figure(rates.before)) requests per second behind a "
        + "balancer. A Kubernetes autoscaler keeps them at 50 % of their share; a minute of its clock is a second here. Then "
        + "\(figure(rates.after)) requests per second come at once. A new instance needs \(lessonTime(seconds: Self.startUp)) to start. "
        + "How many seconds after the change does the first new instance serve?",
      .number(unit: "s"))
  }

  func findings() throws -> Findings {
    let fleet = try bench.fleet(
      [
        "--policy", "hpa", "--min", "\(Self.initial)", "--max", "\(Self.most)", "--instance-share",
        "\(Self.share)", "--start-up", "\(Self.startUp)s", "--check-interval", "1s", "--fall", "3",
      ],
      rates: Array(repeating: rates.before, count: 2 * times.before)
        + Array(repeating: rates.after, count: 2 * times.after), path: "/api/\(upTo)")
    let results = Results(fleet.record, change: Double(times.before), foreignLoad: fleet.foreignLoad)
    return Findings(
      answer: results.service, passages: Self.passages(fleet.record, results),
      explanation: Self.explanation(results))
  }

  /// The reaction of a fleet to the change of its traffic. Times are in seconds from the change, latencies in nanoseconds.
  struct Results {
    /// The time of the first decision that adds instances, and the number that it asks for; `nil` if there is none.
    let decision: (time: Double, desired: Int)?
    /// The time at which the first instance served that was launched for it; `nil` if none did.
    let service: Double?
    /// The 95th percentile of the last second before the change, and of the worst second after it.
    let before, worst: UInt64?
    /// The end of the first second after the worst one with a 95th percentile below twice that before; `nil` if there is none.
    let recovery: Double?
    /// The greatest number of instances in service.
    let most: Int
    let foreignLoad: Double?

    /// Finds the reaction to a change after so many seconds.
    init(_ record: FleetRecord, change: Double, foreignLoad: Double?) {
      let first = record.decisions.first {
        record.wallSeconds(of: $0) > change && $0.desired > $0.sample.current
      }
      decision = first.map { (record.wallSeconds(of: $0) - change, $0.desired) }
      service = first.flatMap { record.firstService(ofInstancesFrom: record.wallSeconds(of: $0)) }.map {
        $0 - change
      }
      // The generator needs a moment to start, and the points end a little after their second.
      let begin = UInt64((change + 0.4) * 1e9)
      let usual = record.points.last { $0.time <= begin && $0.latency != nil }?.latency
      before = usual
      let later = record.points.filter { $0.time > begin && $0.latency != nil }
      let top = later.max { ($0.latency ?? 0) < ($1.latency ?? 0) }
      worst = top?.latency
      let calm = later.first { point in
        point.time > top?.time ?? .max && (point.latency ?? .max) < 2 * (usual ?? 0)
      }
      recovery = calm.map { Double($0.time) / 1e9 - change }
      most = record.points.map(\.inService).max() ?? 0
      self.foreignLoad = foreignLoad
    }
  }

  private static func passages(_ record: FleetRecord, _ results: Results) -> [Passage] {
    func time(_ seconds: Double?) -> String { seconds.map(lessonTime) ?? "-" }
    func latency(_ time: UInt64?) -> String {
      time.map { Readable.duration(nanoseconds: Double($0)) } ?? "-"
    }
    let most = Double(record.points.map(\.desired).max() ?? 0)
    return [
      .heading("From the change of the traffic on"),
      .drawing(
        TextTable(
          ["", "decides", "serves more", "p95 before", "p95 at most", "instances"],
          [
            [
              "Kubernetes, 50 %", time(results.decision?.time), time(results.service),
              latency(results.before),
              latency(results.worst), "\(results.most)",
            ]
          ])),
      .heading("The fleet, second by second"),
      .drawing(
        TextStrips(
          [
            record.strip("requests/s") { $0.rate },
            record.strip("p95", { $0.latency.map { Double($0) } }) { Readable.duration(nanoseconds: $0) },
            record.strip("utilization", upTo: 1, \.utilization) {
              "\(Readable.fixed(100 * $0, decimals: 0)) %"
            },
            record.strip("desired", upTo: most) { Double($0.desired) },
            record.strip("in service", upTo: most) { Double($0.inService) },
          ], end: lessonTime(seconds: Double(record.points.last?.time ?? 0) / 1e9))),
    ]
  }

  /// Returns the explanation.
  static func explanation(_ results: Results) -> String {
    let note = LessonFleet.note(results.foreignLoad)
    guard let decision = results.decision, let service = results.service else {
      let reason =
        results.decision.map {
          "it decided \(lessonTime(seconds: $0.time)) after the change, and no new instance was ready at the end"
        } ?? "it saw no utilization over its target, so it launched none"
      return """
        Here the autoscaler shows nothing: \(reason). The machine was too busy for this lesson, or the lesson too short.\(note) An \
        instance serves only after the loop has seen the load, the launch, the start-up and a good health check.
        """
    }
    let look =
      startUp > service / 2 ? " A faster look gains little, because most of the time is the start-up." : ""
    return """
      A decision is no instance. The autoscaler looks every 15 s of its clock, a quarter of a second here, and decided \
      \(lessonTime(seconds: decision.time)) after the change. The processes that it launched took \
      \(lessonTime(seconds: startUp)) to start and had to pass a health check: the first served \
      \(lessonTime(seconds: max(0, service - decision.time))) after the decision. Until then \(initial) instances got all of the \
      traffic. \(latencies(results)) The first decision asked for \(decision.desired) instances: utilization ends at 100 %, so with a \
      target of 50 % the loop can at most double the group, and must wait for the new instances to see that it is not \
      enough.\(note) At the pace of a real clock all of this takes \(Readable.plain(Bench.timeScale)) times as long: with a start-up of \
      a minute, help comes after \(lessonTime(seconds: service * Bench.timeScale)).\(look) What helps is to start sooner, to keep \
      spare instances (a lower target), or to scale before traffic that is known.
      """
  }

  private static func latencies(_ results: Results) -> String {
    guard let before = results.before, let worst = results.worst else {
      return "Hardly anything was answered."
    }
    let values = [before, worst].map { Readable.duration(nanoseconds: Double($0)) }
    guard worst >= 2 * before else {
      return "They could: the 95th percentile of the latency went from \(values[0]) to \(values[1])."
    }
    let end =
      results.recovery.map { "was low again \(lessonTime(seconds: $0)) after the change" }
      ?? "was not low again at the end"
    return
      "Requests queued: the 95th percentile of the latency rose from \(values[0]) to \(values[1]), and \(end)."
  }
}
