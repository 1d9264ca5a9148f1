import Analysis
import Formatting
import Harness
import Platform
import Records

/// A fleet that ran for a lesson.
struct LessonFleet {
  let record: FleetRecord
  /// The number of cores that other programs kept busy meanwhile; `nil` if they disturbed nothing.
  let foreignLoad: Double?

  /// A sentence about other programs, after a space; empty if they disturbed nothing.
  var note: String { Self.note(foreignLoad) }

  /// Returns a sentence about other programs.
  static func note(_ foreignLoad: Double?) -> String {
    foreignLoad.map {
      " Other programs kept about \(Readable.fixed($0, decimals: 1)) cores busy meanwhile, which delays processes and answers."
    } ?? ""
  }
}

extension Bench {
  /// The policy's seconds per wall second in the fleets of lessons: a minute is a second.
  static let timeScale = 60.0
  private static let prefix = "scaleup-lesson"

  /// Makes a directory for the files of a lesson, which is removed with its last reference.
  ///
  /// - Throws: `SystemError`.
  static func directory() throws(SystemError) -> TemporaryDirectory {
    TemporaryDirectory.removeAbandoned(prefix: prefix)
    return try TemporaryDirectory(prefix: prefix)
  }

  /// Runs a fleet under traffic until its last request is answered or has failed.
  ///
  /// - Parameters:
  ///   - options: The options of `scaleup fleet` beside those of the traffic and the clock.
  ///   - rates: The requests per second of each half second.
  ///   - path: The path of the requests.
  /// - Throws: As the fleet does.
  func fleet(_ options: [String], rates: [Double], path: String) throws -> LessonFleet {
    let directory = try Self.directory()
    let interval = Self.timeScale / 2
    let rows = rates.enumerated().map { "\(Double($0) * interval),\($1)\n" }
    try directory.create("traffic.csv").write(Array(("time,rate\n" + rows.joined()).utf8))
    let traffic = ["--traffic", "\(directory.path)/traffic.csv", "--path", path]
    // If requests hang until their time limit, the fleet does not wait for all of it.
    let limit = Double(rates.count) / 2 + 3
    return try withExtendedLifetime(directory) {
      try fleet(options + traffic + ["--time-scale", "\(Self.timeScale)", "--seconds", "\(limit)"])
    }
  }

  /// Runs a fleet of real processes to its end, on a port that the system chooses.
  ///
  /// - Parameters:
  ///   - options: The options of `scaleup fleet`.
  ///   - isDone: Called at every sample with the port for clients and the state of the front; the fleet ends when it returns
  ///     `true`.
  /// - Throws: `CommandFailure` if the fleet fails; `UsageError`, `Interruption`, `SystemError`, `FleetFailure`.
  func fleet(
    _ options: [String],
    until isDone: @escaping (_ port: Int, FrontStatus) throws -> Bool = { _, _ in false }
  ) throws -> LessonFleet {
    guard
      case .arguments(let arguments) = try FleetCommand.command.parse(["--port", "0", "--quiet"] + options)
    else { preconditionFailure("a lesson asks for no help") }
    progress.show("running a fleet")
    defer { progress.clear() }
    let plan = try FleetPlan(arguments, childRunner)
    let pauses = [SignalPipe.stopRequest, SignalPipe.continued]
    try signals.add(pauses)
    defer { signals.remove(pauses) }
    let recorder = ActivityRecorder()
    let ((record, signal), activity, wall) = try counting {
      try recorder.record {
        try FleetRun(
          plan, host: "lesson", signals: FleetSignals(signals),
          view: FleetView(showsEvents: false, isQuiet: true),
          until: isDone
        ).run()
      }
    }
    if let signal { throw Interruption(signal: signal) }
    // A fleet whose instances were only too slow is no error of the lesson, which says so.
    let kinds = Set(record.events.map(\.kind))
    if let failure = record.failure, !kinds.contains(.gaveUp) || kinds.contains(.died) {
      throw CommandFailure(message: "a fleet of the lesson failed: \(failure)", status: 1)
    }
    return LessonFleet(record: record, foreignLoad: Self.foreignLoad(of: record, activity, wall))
  }

  /// Returns the number of cores that other programs kept busy; `nil` if they disturbed nothing.
  private static func foreignLoad(of record: FleetRecord, _ activity: Activity, _ wall: UInt64) -> Double? {
    let load = record.load.map { $0.userTime + $0.systemTime } ?? 0
    let own = record.instances.reduce((record.front?.cpuTime ?? 0) + load) { $0 + ($1.cpuTime ?? 0) }
    var process = ProcessRecord(
      wall: wall, userTime: own, systemTime: 0, voluntaryContextSwitches: 0, involuntaryContextSwitches: 0,
      minorPageFaults: 0, majorPageFaults: 0)
    process.activity = activity
    return process.isDisturbed() ? process.foreignLoad : nil
  }
}
