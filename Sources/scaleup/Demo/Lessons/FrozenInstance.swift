import Formatting
import Records
import Report

/// Freezes an instance of a fleet, and shows who notices when, and what the clients saw meanwhile.
struct FrozenInstance: Lesson {
  static let name = "unhealthy"
  static let title = "A frozen instance: who notices, and when"
  static let files = [
    "Sources/Fleet/Health/TargetHealth.swift", "Sources/Fleet/Balancer/TargetTurn.swift",
    "Sources/Fleet/Group/FleetGroup+Step.swift",
  ]

  private static let instances = 3
  private static let rate = 60.0
  private static let fall = 2
  /// The greatest time until the loop of the fleet looks at its instances, in seconds.
  private static let look = 0.25
  private static let rules = ["round-robin", "least-outstanding"]

  /// The times of a fleet in seconds.
  struct Times {
    /// The time between two checks, after which one without an answer has failed, too.
    let interval: Double
    /// The time of the freeze.
    let freeze: Double
    /// The longest time to answer last requests.
    let drain: Double
    /// The time of the traffic.
    let all: Double

    /// The least and the greatest time from a freeze until the balancer takes the instance out.
    var bounds: ClosedRange<Double> {
      Double(FrozenInstance.fall) * interval...Double(FrozenInstance.fall + 1) * interval
    }
  }

  private let bench: Bench
  private let times: Times

  init(_ bench: Bench) {
    self.bench = bench
    times =
      bench.isQuick
      ? Times(interval: 0.2, freeze: 1.6, drain: 0.2, all: 3)
      : Times(interval: 0.5, freeze: 3.5, drain: 0.5, all: 6)
  }

  var question: Question {
    let interval = lessonTime(seconds: times.interval)
    return Question(
      "\(Self.instances) instances answer \(figure(Self.rate)) requests per second in turn. The balancer checks each of them every "
        + "\(interval), waits \(interval) for the answer, and takes an instance out after \(Self.fall) failed checks in a row. One "
        + "of them freezes: it still accepts connections, but answers nothing. How many seconds pass until it is taken out?",
      .number(unit: "s"))
  }

  func findings() throws -> Findings {
    let results = Results(
      try Self.rules.map { rule in
        let fleet = try bench.fleet(
          [
            "--policy", "none", "--min", "\(Self.instances)", "--start-up", "300ms", "--grace",
            "\(times.freeze)s", "--drain", "\(times.drain)s", "--check-interval", "\(times.interval)s",
            "--fall", "\(Self.fall)",
            "--balancing", rule, "--freeze-every", "\(times.freeze)s",
          ], rates: Array(repeating: Self.rate, count: Int(2 * times.all)), path: "/api/1e5")
        return (Sample(fleet.record), fleet.foreignLoad)
      }, times)
    let rows = zip(Self.rules, results.samples).map { rule, sample in
      [rule]
        + [sample.noticed, sample.replaced, sample.served].map { $0.map(lessonTime) ?? "-" }
        + ["\(sample.lost) of \(sample.due)", sample.longest]
    }
    return Findings(
      answer: results.samples[0].noticed,
      passages: [
        .heading("From the freeze on"),
        .drawing(
          TextTable(["balancing", "taken out", "replaced", "new one serves", "lost", "longest"], rows)),
        .heading("Requests without an answer"),
        .drawing(
          TextBars(
            zip(Self.rules, results.samples).map { .init($0, Double($1.lost), "\($1.lost)") })),
      ], explanation: Self.explanation(results))
  }

  /// The outcome of a freeze. Times are in seconds from it; `nil` if it was not seen.
  struct Sample {
    /// The time at which the fleet knew that the instance fails its checks.
    let noticed: Double?
    /// The time at which its replacement was launched.
    let replaced: Double?
    /// The time at which the replacement served.
    let served: Double?
    let lost, due: UInt64
    /// The longest latency of an answer.
    let longest: String

    init(_ record: FleetRecord) {
      let freeze = record.events.first { $0.kind == .frozen }
      let start = freeze.map { Double($0.time) / 1e9 } ?? .infinity
      noticed = record.time(of: .unhealthy, freeze?.instance, from: start).map { $0 - start }
      let replacement = record.time(of: .replaced, freeze?.instance, from: start)
      replaced = replacement.map { $0 - start }
      served = replacement.flatMap { record.firstService(ofInstancesFrom: $0) }.map { $0 - start }
      (lost, due) = (record.lost, record.load.map { $0.due ?? $0.sent } ?? 0)
      longest = record.load?.latencyText(100) ?? "-"
    }
  }

  /// The outcomes by the rule of the balancer, and the cores that other programs kept busy; `nil` if they disturbed nothing.
  struct Results {
    let samples: [Sample]
    let times: Times
    let foreignLoad: Double?

    init(_ fleets: [(sample: Sample, foreignLoad: Double?)], _ times: Times) {
      samples = fleets.map(\.sample)
      foreignLoad = fleets.compactMap(\.foreignLoad).max()
      self.times = times
    }
  }

  /// Returns the explanation.
  static func explanation(_ results: Results) -> String {
    let note = LessonFleet.note(results.foreignLoad)
    let (turn, least) = (results.samples[0], results.samples[1])
    let times = results.times
    guard let noticed = turn.noticed else {
      return """
        Here nobody noticed: no instance was frozen, or it was not taken out before the end. The machine was too busy for this \
        lesson.\(note) Usually an instance is taken out within \(fall) checks and the one that had begun, \
        \(lessonTime(seconds: times.bounds.upperBound)) here.
        """
    }
    let bounds =
      "\(lessonTime(seconds: times.bounds.lowerBound)) to \(lessonTime(seconds: times.bounds.upperBound))"
    let isInTime = noticed <= times.bounds.upperBound + look + 0.05
    return """
      The kernel notices nothing: a stopped process keeps its port, and takes connections. The clients notice, but only their own \
      requests. The balancer has to ask. After the freeze a check begins within \(lessonTime(seconds: times.interval)), fails after \
      \(lessonTime(seconds: times.interval)) without an answer, and so must the next, which takes from \(bounds). The fleet looks four \
      times per second, and knew after \(lessonTime(seconds: noticed))\(isInTime ? "" : ", later, because the machine was busy"). \
      \(replacement(turn)) Requests that the instance had in hand wait until it has drained, and then fail, because nobody \
      knows whether they were carried out. \(comparison(turn, least))\(note) Shorter intervals notice sooner, and also take out \
      instances that are only busy; then the others get their load, and fail next.
      """
  }

  private static func replacement(_ sample: Sample) -> String {
    guard let replaced = sample.replaced else { return "It did not replace the instance before the end." }
    let served =
      sample.served.map { "the new one served \(lessonTime(seconds: $0)) after the freeze" }
      ?? "the new one did not serve before the end"
    return "It launched another \(lessonTime(seconds: replaced)) after the freeze, and \(served)."
  }

  private static func comparison(_ turn: Sample, _ least: Sample) -> String {
    let lost = "Of \(turn.due) requests, \(turn.lost) were lost in turn"
    return least.lost < turn.lost
      ? """
      \(lost): until then every third went to it. With least-outstanding it was \(least.lost): an instance that never \
      finishes what it has gets nothing more, long before a check fails.
      """
      : "\(lost), and \(least.lost) with least-outstanding, which usually saves most of them."
  }
}
