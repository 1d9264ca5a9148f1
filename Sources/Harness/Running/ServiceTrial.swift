import Formatting
import Platform
import Records

/// A trial of a server: it is started, gets the requests of a load generator, and is asked to end. Both are processes of
/// their own, so that each one's CPU time is its own.
struct ServiceTrial {
  /// The time limits of a trial, in nanoseconds.
  struct Limits {
    /// That of the server until it is ready.
    var ready: UInt64 = 10_000_000_000
    /// That of the load generator.
    var load: UInt64
    /// That of the server after `SIGTERM`.
    var end: UInt64 = 10_000_000_000
  }

  private let configuration: Configuration
  private let traffic: Traffic
  private let generator: LoadGenerator
  private let limits: Limits
  private let model: InstalledModel
  private let server: Launch

  /// Makes a trial.
  ///
  /// - Parameters:
  ///   - configuration: The configuration; its traffic is `traffic`.
  ///   - model: The server.
  ///   - limits: The time limits.
  init(
    _ configuration: Configuration, _ traffic: Traffic, of model: InstalledModel, _ generator: LoadGenerator,
    limits: Limits
  ) {
    (self.configuration, self.traffic, self.generator) = (configuration, traffic, generator)
    (self.limits, self.model) = (limits, model)
    server = model.serverLaunch(
      workers: configuration.workers, on: generator.cpus(of: configuration).server)
  }

  private var name: String { model.name }

  /// Runs the server and the generator.
  ///
  /// - Returns: The outcome; `nil` if this process was stopped meanwhile and continued.
  /// - Throws: `SystemError`.
  func carryOut(
    _ children: inout ChildWatches, _ recorder: ActivityRecorder?
  ) throws(SystemError) -> Result<TrialOutcome?, ChildRunner.Failure> {
    let server = try children.start(server, timeout: limits.ready, recorder: recorder)
    try children.wait { !$0[server].hasEnded && ($0[server].firstLine == nil || $0[server].hasFailed) }
    if children[server].hasEnded {
      return try failure(of: server, &children, "before it was ready", timeout: "did not get ready within")
    }
    let service: ServiceRecord
    switch model.readyRecord(children[server].firstLine ?? "", workers: configuration.workers) {
    case .success(let record): service = record
    case .failure(let error): return .success(.failed(reason: "\(name) \(error)", nil))
    }
    children[server].limit(to: .max)
    let generator: Int
    do throws(SystemError) {
      generator = try children.start(
        self.generator.launch(
          traffic, for: configuration.duration ?? 0, against: service,
          on: self.generator.cpus(of: configuration).generator), timeout: limits.load)
    } catch {
      return generatorFailure(ChildRunner.Failure.system(error).reason)
    }
    try children.wait { !$0[server].hasEnded && $0[generator].isOpen }
    if children[server].hasEnded { return try failure(of: server, &children, "during the trial") }
    switch children.outcome(of: generator) {
    case .failure(.interrupted(let interruption)): return .failure(.interrupted(interruption))
    case .failure(let error): return generatorFailure(error.reason)
    case .success(let load): return try end(server, after: load, &children)
    }
  }

  /// Asks the server to end, waits for its end, and returns the outcome of the trial.
  private func end(
    _ server: Int, after load: ChildRunner.Execution, _ children: inout ChildWatches
  ) throws(SystemError) -> Result<TrialOutcome?, ChildRunner.Failure> {
    let report = report(of: load)
    children[server].limit(to: limits.end)
    children[server].terminate()
    try children.wait { $0[server].isOpen }
    guard case .success(let execution) = children.outcome(of: server),
      execution.ended.status == .exited(0)
    else {
      return try failure(of: server, &children, "after the trial", timeout: "did not end on SIGTERM within")
    }
    if execution.wasPaused { return .success(nil) }
    let process = ProcessRecord(execution, besides: load.ended.usage)
    switch report {
    case .success(let report): return .success(.measured(process, report))
    case .failure(let failure): return .success(.failed(reason: failure.reason, process))
    }
  }

  /// Waits for the last words of a server that has ended when it should not have, and returns the reason of the failure.
  private func failure(
    of server: Int, _ children: inout ChildWatches, _ moment: String,
    timeout: String = "did not end within"
  ) throws(SystemError) -> Result<TrialOutcome?, ChildRunner.Failure> {
    try children.wait { $0[server].isOpen }
    switch children.outcome(of: server) {
    case .failure(.interrupted(let interruption)): return .failure(.interrupted(interruption))
    case .failure(.timeout(let limit, _)):
      let time = Readable.duration(nanoseconds: Double(limit))
      return .success(.failed(reason: "\(name) \(timeout) \(time) and was killed", nil))
    case .failure(let error): return .success(.failed(reason: "\(name) \(error.reason)", nil))
    case .success(let execution):
      if execution.wasPaused { return .success(nil) }
      let reason = "\(name) \(execution.ended.reason()) \(moment)\(execution.lastWords)"
      return .success(.failed(reason: reason, ProcessRecord(execution)))
    }
  }

  private func generatorFailure(_ predicate: String) -> Result<TrialOutcome?, ChildRunner.Failure> {
    .success(.failed(reason: "\(generatorName) \(predicate)", nil))
  }
}

/// The reports of a service trial.
extension ServiceTrial {
  /// The reason a trial failed, as one line.
  private struct Failed: Error { let reason: String }

  private var generatorName: String { traffic.generator ?? "the load generator" }

  /// Returns the record of the trial from the generator's report. Wrong answers come before every other failure.
  private func report(of load: ChildRunner.Execution) -> Result<TrialRecord, Failed> {
    let (ended, read) = (load.ended, Result { () throws(ReportError) in try loadRecord(of: load) })
    if case .success(let record) = read, let wrong = wrongAnswers(in: record) {
      return .failure(Failed(reason: "\(name) \(wrong)"))
    }
    guard ended.status == .exited(0) else {
      return .failure(Failed(reason: "\(generatorName) \(ended.reason())\(load.lastWords)"))
    }
    do throws(ReportError) {
      return .success(try trialRecord(of: read))
    } catch {
      return .failure(Failed(reason: "\(generatorName) \(error)"))
    }
  }

  /// Returns how the server answered wrongly, as a predicate; `nil` if all answers are right.
  private func wrongAnswers(in load: LoadRecord) -> String? {
    let kinds: [(RequestFailure, String)] = [
      (.wrongAnswer, "with a wrong answer"), (.badStatus, "with another status than 200"),
      (.malformed, "with something other than HTTP"), (.tooLarge, "with too many bytes"),
    ]
    return kinds.first { load.errors[$0.0] > 0 }.map {
      "answered \(load.errors[$0.0]) of \(Readable.count(Int(clamping: load.sent), "request")) \($0.1)"
    }
  }

  /// Reads the generator's report.
  private func loadRecord(of load: ChildRunner.Execution) throws(ReportError) -> LoadRecord {
    if let name = traffic.generator {
      guard let other = OtherGenerator(rawValue: name) else { throw .malformed("is of an unknown generator") }
      var record = try other.record(load.output, path: traffic.path, connections: traffic.connections)
      (record.userTime, record.systemTime) = (load.ended.usage.userTime, load.ended.usage.systemTime)
      return record
    }
    do throws(JSON.ReadError) {
      return try JSON.decode(LoadRecord.self, from: load.output)
    } catch {
      throw .malformed(error.description)
    }
  }

  private func trialRecord(of read: Result<LoadRecord, ReportError>) throws(ReportError) -> TrialRecord {
    var load = try read.get()
    if let contradiction = load.contradiction { throw .malformed(Readable.line(contradiction)) }
    if load.askedRate != traffic.rate { throw .mismatch("askedRate") }
    if load.connections != traffic.connections { throw .mismatch("connections") }
    guard let answers = load.answeredInAll else { throw .malformed("lacks 'answeredInAll'") }
    if load.answered == 0 { throw .malformed("has no answered request") }
    // A saved run has no addresses; the port is another in every trial anyway.
    (load.url, load.host, load.startedAt) = (traffic.path, nil, nil)
    var report = TrialRecord(result: ExactInteger(UInt128(answers)), region: load.duration)
    (report.model, report.workload) = (configuration.model, configuration.workload)
    (report.workers, report.duration) = (configuration.workers, configuration.duration)
    report.traffic = load
    report.sharesCPUs = generator.cpus(of: configuration).generator.isEmpty
    return report
  }
}
