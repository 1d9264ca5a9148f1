import Formatting
import Platform
import Records
import Report

/// Lets a fleet work off a backlog while one of its instances is killed, and shows that each job is done.
struct JobsInHand: Lesson {
  static let name = "jobs"
  static let title = "A backlog of jobs: one instance killed, no job lost"
  static let files = [
    "Sources/Fleet/Jobs/JobQueue.swift", "Sources/Fleet/Jobs/JobServer+Targets.swift",
    "Sources/Fleet/Jobs/JournalStore.swift",
  ]

  private static let instances = 3
  /// The longest that a fleet may take, over the time that its jobs take.
  private static let patience = 2.5

  private let bench: Bench
  private let jobs: Int
  /// The time that an instance needs for a job, and the start-up of a new instance, in milliseconds.
  private let job, startUp: Int

  init(_ bench: Bench) {
    self.bench = bench
    (jobs, job, startUp) = bench.isQuick ? (12, 250, 100) : (36, 500, 500)
  }

  /// The time of the backlog without a fault, in seconds.
  private var planned: Double { Double(jobs * job) / 1e3 / Double(Self.instances) }

  var question: Question {
    Question(
      "\(jobs) jobs wait in a queue. An instance has one job in hand at a time, and needs \(lessonTime(seconds: Double(job) / 1e3)) for it. "
        + "\(Self.instances) instances work. In the middle one of them is killed with kill -9, with a job in hand, and another takes "
        + "its place. How many seconds does the backlog take?",
      .number(unit: "s"))
  }

  func findings() throws -> Findings {
    let directory = try Bench.directory()
    var (start, end): (UInt64?, UInt64?)
    let fleet = try withExtendedLifetime(directory) {
      try bench.fleet([
        "--queue", "embedded", "--journal", "\(directory.path)/jobs", "--policy", "none", "--min",
        "\(Self.instances)", "--start-up", "\(startUp)ms", "--check-interval", "200ms", "--kill-every",
        "\(planned * 0.6)s", "--seconds", "\(planned * Self.patience + 2)",
      ]) { port, status in
        if start == nil {
          start = Clock.monotonic.now()
          try SentJobs.send(jobs, "/wait/\(job)", toPort: port)
        } else if status.jobs?.done == jobs {
          end = Clock.monotonic.now()
          return true
        }
        return false
      }
    }
    let time = start.flatMap { start in end.map { Double($0 - start) / 1e9 } }
    let results = Results(
      fleet.record, jobs: jobs, job: Double(job) / 1e3, time: time, foreignLoad: fleet.foreignLoad)
    return Findings(
      answer: time, passages: Self.passages(fleet.record, results), explanation: Self.explanation(results))
  }

  /// The outcome of a backlog. Times are in seconds.
  struct Results {
    let jobs: Int
    /// The time of a job.
    let job: Double
    /// The time from the first job until the last was done; `nil` if it was not.
    let time: Double?
    /// The jobs that were done, and the times that one was given out again.
    let done, redelivered: Int
    /// The answers of all instances.
    let answers: UInt64
    /// The instances that were killed.
    let killed: [String]
    /// The time from the first kill until the next instance served; `nil` if none did.
    let gap: Double?
    let foreignLoad: Double?

    init(_ record: FleetRecord, jobs: Int, job: Double, time: Double?, foreignLoad: Double?) {
      (self.jobs, self.job, self.time, self.foreignLoad) = (jobs, job, time, foreignLoad)
      (done, redelivered) = (record.front?.jobs?.done ?? 0, record.front?.jobs?.redelivered ?? 0)
      answers = record.instances.reduce(0) { $0 + $1.answered }
      killed = record.events.filter { $0.kind == .killed }.compactMap(\.instance)
      gap = record.time(of: .killed).flatMap { kill in
        record.firstService(ofInstancesFrom: kill).map { $0 - kill }
      }
    }

    /// The time without a fault.
    var planned: Double { Double(jobs) * job / Double(JobsInHand.instances) }
  }

  private static func passages(_ record: FleetRecord, _ results: Results) -> [Passage] {
    let bars = record.instances.map { instance in
      let mark = results.killed.contains(instance.name) ? ", killed" : ""
      return TextBars.Bar("\(instance.name)\(mark)", Double(instance.answered), "\(instance.answered)")
    }
    return [
      .heading("The queue at the end"),
      .drawing(
        TextTable(
          ["jobs", "done", "given out again", "answers", "jobs × time / instances", "measured"],
          [
            [
              "\(results.jobs)", "\(results.done)", "\(results.redelivered)", "\(results.answers)",
              lessonTime(seconds: results.planned), results.time.map(lessonTime) ?? "-",
            ]
          ])),
      .heading("Jobs done by instance"), .drawing(TextBars(bars)),
      .heading("The queue, second by second"),
      .drawing(
        TextStrips(
          [
            record.strip("jobs that wait") { $0.jobs.map { Double($0.waiting) } },
            record.strip("instances in service") { Double($0.inService) },
          ], end: lessonTime(seconds: Double(record.points.last?.time ?? 0) / 1e9))),
    ]
  }

  /// Returns the explanation.
  static func explanation(_ results: Results) -> String {
    let note = LessonFleet.note(results.foreignLoad)
    return """
      The queue gives a job to an instance, and keeps it until the answer has come. \(fault(results)) That is delivery at least once. A \
      job may therefore be carried out twice, and whoever writes one must see to it that this does no harm: give each an \
      identifier, and let the second attempt find what the first has done. Its result counts once, because the queue keeps the first and \
      ignores any other: \(results.done) of \(results.jobs) jobs have one, from \(results.answers) answers. \(duration(results))\(note) The \
      backlog thus says how many instances are needed: jobs × time of a job / the time that may pass. Jobs and results are also in \
      a journal, so that they survive the queue's own end.
      """
  }

  private static func fault(_ results: Results) -> String {
    guard let victim = results.killed.first else {
      return
        "Here no instance was killed before the backlog was done: the machine was too busy for it, or too fast."
    }
    let others = results.killed.count > 1 ? " (and \(results.killed.count - 1) more later)" : ""
    let killed = "\(victim)\(others) was killed; its connection broke"
    return results.redelivered == 0
      ? "\(killed), but it had no job in hand at that moment, so none was given out again."
      : """
      \(killed), so the queue gave its job to the next free instance: \(Readable.count(results.redelivered, "job")) given out again, \
      none lost.
      """
  }

  private static func duration(_ results: Results) -> String {
    guard let time = results.time else {
      return "The backlog was not done at the end: the machine was too busy for this lesson."
    }
    let planned =
      "\(results.jobs) × \(lessonTime(seconds: results.job)) / \(instances) = \(lessonTime(seconds: results.planned))"
    let excess = time - results.planned
    if excess < 0.05 * results.planned {
      return "Without the fault it takes \(planned); it took \(lessonTime(seconds: time))."
    }
    let gap =
      results.gap.map {
        " One instance was missing for \(lessonTime(seconds: $0)), what it had done of its job was lost, and at the end some "
          + "wait for the last job."
      } ?? ""
    return "Without the fault it takes \(planned). It took \(lessonTime(seconds: time)).\(gap)"
  }
}
