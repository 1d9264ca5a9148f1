import Formatting
import Records
import Report

/// Brings a new version into a fleet under load, one instance after another and all at once, and shows what was lost.
struct NewVersion: Lesson {
  static let name = "rolling"
  static let title = "A new version: one after another, or all at once"
  static let files = [
    "Sources/Fleet/Group/Replacement.swift", "Sources/Fleet/Balancer/Balancer+Answers.swift",
  ]

  private static let instances = 3
  private static let rate = 60.0
  private static let ways = [
    (words: "surge 1, unavailable 0", options: ["--surge", "1", "--unavailable", "0"]),
    (words: "all at once", options: ["--replace-at-once"]),
  ]

  private let bench: Bench
  /// The start-up of an instance, the time of the new version, and that of the traffic, in seconds.
  private let times: (startUp: Double, version: Double, all: Double)

  init(_ bench: Bench) {
    self.bench = bench
    times = bench.isQuick ? (0.1, 1.6, 3) : (0.5, 3.4, 6.5)
  }

  var question: Question {
    Question(
      "\(Self.instances) instances answer \(figure(Self.rate)) requests per second. Then comes a new version, whose instances need "
        + "\(lessonTime(seconds: times.startUp)) to start. First it replaces one instance after another: a new one starts, and when it "
        + "serves, an old one answers its last requests and ends. Then, in another fleet, all instances end at once, and the new "
        + "ones start. How many requests are lost the second way?",
      .number(unit: "requests"))
  }

  func findings() throws -> Findings {
    let results = Results(
      try Self.ways.map { way in
        let fleet = try bench.fleet(
          [
            "--policy", "none", "--min", "\(Self.instances)", "--start-up", "\(times.startUp)s",
            "--check-interval", "200ms", "--replace-every", "\(times.version)s",
          ] + way.options, rates: Array(repeating: Self.rate, count: Int(2 * times.all)), path: "/api/1e5")
        return (Sample(fleet.record, instances: Self.instances), fleet.foreignLoad)
      }, startUp: times.startUp)
    let rows = zip(Self.ways, results.samples).map { way, sample in
      [
        way.words, sample.duration.map(lessonTime) ?? "-", "\(sample.least)",
        "\(sample.lost) of \(sample.due)", sample.longest,
      ]
    }
    return Findings(
      answer: results.samples[1].begin == nil ? nil : Double(results.samples[1].lost),
      passages: [
        .heading("A new version under \(figure(Self.rate)) requests per second"),
        .drawing(
          TextTable(["replaced", "all serve after", "least in service", "lost", "longest"], rows)),
        .heading("Lost requests"),
        .drawing(
          TextBars(zip(Self.ways, results.samples).map { .init($0.words, Double($1.lost), "\($1.lost)") })),
      ], explanation: Self.explanation(results))
  }

  /// The outcome of a replacement.
  struct Sample {
    /// The time of its begin in seconds; `nil` if there was none.
    let begin: Double?
    /// The time from its begin until all instances of the new version served, in seconds; `nil` if they did not.
    let duration: Double?
    /// The least number of instances in service from its begin on.
    let least: Int
    let lost, due: UInt64
    /// The longest latency of an answer.
    let longest: String

    /// Finds the outcome in the record of a fleet of so many instances.
    init(_ record: FleetRecord, instances: Int) {
      let begin = record.time(of: .rolling)
      let new = record.instances.filter { $0.template == 2 }.compactMap(\.inService).sorted()
      duration = begin.flatMap { begin in
        new.count < instances ? nil : Double(new[instances - 1]) / 1e9 - begin
      }
      least = record.leastInService(from: begin ?? 0)
      (lost, due) = (record.lost, record.load.map { $0.due ?? $0.sent } ?? 0)
      longest = record.load?.latencyText(100) ?? "-"
      self.begin = begin
    }
  }

  /// The outcomes of replacing one after another and of all at once.
  struct Results {
    let samples: [Sample]
    let foreignLoad: Double?
    /// The start-up of an instance in seconds.
    let startUp: Double

    init(_ fleets: [(sample: Sample, foreignLoad: Double?)], startUp: Double) {
      samples = fleets.map(\.sample)
      foreignLoad = fleets.compactMap(\.foreignLoad).max()
      self.startUp = startUp
    }
  }

  /// Returns the explanation.
  static func explanation(_ results: Results) -> String {
    let note = LessonFleet.note(results.foreignLoad)
    let (rolling, atOnce) = (results.samples[0], results.samples[1])
    return """
      \(rollingWords(rolling, startUp: results.startUp)) \(atOnceWords(atOnce)) The balancer answers 503 at once if it has no \
      instance: fast, and useless.\(note) Nothing is lost by a rolling replacement only if every part keeps its word: a new instance \
      serves after its first good check and not before, the balancer gives an old one nothing new, the old one answers what it \
      has and closes its connections with the last answer, and the time to drain is longer than the longest request. It also \
      needs room for one more instance, and for a while two versions answer side by side: they must be able to read the same data \
      and the same sessions.
      """
  }

  private static func rollingWords(_ sample: Sample, startUp: Double) -> String {
    guard sample.begin != nil else { return "Here no new version came: the machine was too busy." }
    let duration =
      sample.duration.map {
        "It took \(lessonTime(seconds: $0)), \(instances) times a start-up of \(lessonTime(seconds: startUp)) with checks and drains"
      } ?? "It was not over at the end"
    let lost =
      sample.lost == 0
      ? "none of \(sample.due) requests was lost"
      : "yet \(Readable.count(Int(clamping: sample.lost), "request")) of \(sample.due) had no answer, which should not be"
    return """
      One after another there were never fewer than \(Readable.count(sample.least, "instance")) in service, and \(lost). \(duration).
      """
  }

  private static func atOnceWords(_ sample: Sample) -> String {
    guard sample.begin != nil else { return "No instance ended at once, for the same reason." }
    guard sample.lost > 0 else {
      return "All at once lost nothing here either: by luck, no request came while nobody served."
    }
    let rate = Readable.fixed(Double(sample.lost) / rate, decimals: 1)
    let duration =
      sample.duration.map { "All at once took \(lessonTime(seconds: $0))" }
      ?? "All at once was not over at the end"
    return """
      \(duration), and lost \(sample.lost) of \(sample.due) requests, those of \(rate) s: from the end of the old instances to the \
      first good check of a new one nobody served.
      """
  }
}
