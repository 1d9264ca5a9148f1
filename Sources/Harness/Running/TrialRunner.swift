import Formatting
import Platform
import Records

/// A type that runs single trials. Tests substitute their own.
public protocol TrialRunner {
  /// Runs one trial of a configuration.
  ///
  /// - Parameter timeout: The time limit in nanoseconds.
  /// - Returns: The measurement, or the reason it failed.
  /// - Throws: `Interruption`.
  func run(_ configuration: Configuration, timeout: UInt64) throws(Interruption) -> TrialOutcome
}

/// The outcome of one trial.
public enum TrialOutcome: Equatable, Sendable {
  /// The trial was measured, and its result is right.
  case measured(ProcessRecord, TrialRecord)
  /// The trial failed and is discarded.
  case failed(reason: String, ProcessRecord?)

  /// The times and sizes that the kernel recorded; `nil` if the executable did not run to its end.
  var process: ProcessRecord? {
    switch self {
    case .measured(let process, _): process
    case .failed(_, let process): process
    }
  }
}

/// Runs trials by executing the models.
public struct ExecutableTrialRunner: TrialRunner {
  /// The most attempts at a trial whose executions were stopped and continued.
  private static let attempts = 5

  private let models: [String: InstalledModel]
  private let runner: ChildRunner
  private let recorder: ActivityRecorder?
  private let retries: Int?
  private let generator: LoadGenerator?

  /// Makes a runner for the models of a catalog.
  ///
  /// - Parameters:
  ///   - recorder: The recorder of the machine's activity during a trial.
  ///   - retries: The lost workers that a model may replace per trial, if it can; `nil` is the model's default.
  ///   - generator: The load generator of service trials; `nil` if there are none.
  public init(
    _ catalog: ModelCatalog, _ runner: ChildRunner, recorder: ActivityRecorder? = nil, retries: Int? = nil,
    generator: LoadGenerator? = nil
  ) {
    self.generator = generator
    self.recorder = recorder
    self.retries = retries
    models = Dictionary(
      catalog.models.map { ($0.description.model, $0) }, uniquingKeysWith: { first, _ in first })
    self.runner = runner
  }

  /// Runs the executable of the configuration's model, and checks its report. A trial during which this process was stopped
  /// and continued does not count, and is repeated. A trial of an executable that is no longer the one that was found fails.
  ///
  /// - Throws: `Interruption`.
  public func run(_ configuration: Configuration, timeout: UInt64) throws(Interruption) -> TrialOutcome {
    guard let model = models[configuration.model] else {
      return .failed(reason: "\(configuration.model) is not installed", nil)
    }
    let replacement = "\(model.name) was replaced during the run (start a new run)"
    if model.isReplaced { return .failed(reason: replacement, nil) }
    let outcome = try run(configuration, with: model, timeout: timeout)
    return model.isReplaced ? .failed(reason: replacement, outcome.process) : outcome
  }

  private func run(
    _ configuration: Configuration, with model: InstalledModel, timeout: UInt64
  ) throws(Interruption) -> TrialOutcome {
    for _ in 0..<Self.attempts {
      recorder?.prepare(for: configuration)
      do throws(ChildRunner.Failure) {
        if let outcome = try attempt(configuration, model, timeout) { return outcome }
      } catch .interrupted(let interruption) {
        throw interruption
      } catch .timeout(let limit, let said) where model.launcher != nil {
        let reason = ChildRunner.Failure.timeout(limit).reason
        return .failed(
          reason: "\(model.name) \(reason)\(Launcher.lastWords(of: model.name, error: said))", nil)
      } catch {
        return .failed(reason: "\(model.name) \(error.reason)", nil)
      }
    }
    return .failed(
      reason: "\(model.name) was stopped and continued in each of \(Self.attempts) attempts", nil)
  }

  /// Runs a trial once. Returns `nil` if this process was stopped meanwhile and continued.
  private func attempt(
    _ configuration: Configuration, _ model: InstalledModel, _ timeout: UInt64
  ) throws(ChildRunner.Failure) -> TrialOutcome? {
    if let command = model.command { return try attempt(configuration, command, timeout) }
    guard let traffic = configuration.traffic else {
      let execution = try execute(configuration, model, timeout)
      return execution.wasPaused ? nil : outcome(of: execution, configuration, model)
    }
    guard let generator else { return .failed(reason: "there is no load generator", nil) }
    let trial = ServiceTrial(configuration, traffic, of: model, generator, limits: .init(load: timeout))
    let outcome = try runner.watching { (children: inout ChildWatches) throws(SystemError) in
      try trial.carryOut(&children, recorder)
    }
    if let wall = outcome?.process?.wall { recorder?.learn(configuration, took: wall) }
    return outcome
  }

  private func attempt(
    _ configuration: Configuration, _ command: UserCommand, _ timeout: UInt64
  ) throws(ChildRunner.Failure) -> TrialOutcome? {
    if let hook = command.prepare(workers: configuration.workers) {
      do throws(Interruption) {
        if let reason = try execute(hook, of: command, timeout: timeout) {
          return .failed(reason: reason, nil)
        }
      } catch {
        throw .interrupted(error)
      }
    }
    let trial = CommandTrial(configuration, of: command, timeout: timeout)
    return try runner.watching(endsOrphans: true) { (children: inout ChildWatches) throws(SystemError) in
      try trial.carryOut(&children, recorder)
    }
  }

  /// Executes a command line that is no trial of a command.
  ///
  /// - Parameter timeout: The time limit in nanoseconds.
  /// - Returns: The reason it failed; `nil` if it did not.
  /// - Throws: `Interruption`.
  public func execute(
    _ hook: UserCommand.Hook, of command: UserCommand, timeout: UInt64
  ) throws(Interruption) -> String? {
    do throws(ChildRunner.Failure) {
      let execution = try runner.run(command.launch(hook), timeout: timeout)
      if execution.ended.status == .exited(0) { return nil }
      return "--\(hook.option) \(execution.ended.reason())\(withoutAbsolutePaths(execution.lastWords))"
    } catch .interrupted(let interruption) {
      throw interruption
    } catch {
      return "--\(hook.option) \(error.reason)"
    }
  }

  private func execute(
    _ configuration: Configuration, _ model: InstalledModel, _ timeout: UInt64
  ) throws(ChildRunner.Failure) -> ChildRunner.Execution {
    let command = model.command(for: configuration)
    return try runner.run(
      command.path,
      command.arguments + configuration.arguments + model.recoveryArguments(configuration, timeout, retries),
      withholding: model.withheldVariables, timeout: timeout, outputLimit: configuration.outputLimit,
      isLauncher: model.launcher != nil, recorder: recorder)
  }

  private func outcome(
    of execution: ChildRunner.Execution, _ configuration: Configuration, _ model: InstalledModel
  ) -> TrialOutcome {
    let (name, process) = (model.name, ProcessRecord(execution))
    recorder?.learn(configuration, took: process.wall)
    guard execution.ended.status == .exited(0) else {
      let words =
        model.launcher == nil
        ? execution.lastWords
        : Launcher.lastWords(of: name, output: execution.output, error: execution.error)
      return .failed(reason: "\(name) \(execution.ended.reason())\(words)", process)
    }
    do throws(ReportError) {
      let report = try configuration.checkedReport(execution.output)
      if report.totalRegion > process.wall {
        throw .malformed("has a region longer than the process ran")
      }
      return .measured(process, report)
    } catch {
      return .failed(reason: "\(name) \(error)", process)
    }
  }
}

extension InstalledModel {
  /// Returns the arguments that limit the replacement of lost workers, for a model that supports it.
  ///
  /// A worker counts as lost after three quarters of the time limit beyond the fixed duration. That leaves time to repeat
  /// its work, and does not replace workers that are only slow.
  fileprivate func recoveryArguments(
    _ configuration: Configuration, _ timeout: UInt64, _ retries: Int?
  ) -> [String] {
    guard description.replacesWorkers == true else { return [] }
    let fixed = Double(configuration.duration ?? 0) * Double(configuration.repetitions ?? 1)
    let seconds = min(max(0.75 * (Double(timeout) - fixed) / 1e9, 0.01), 1e6)
    return ["--timeout", Readable.fixed(seconds, decimals: 3)]
      + (retries.map { ["--retries", "\($0)"] } ?? [])
  }
}

extension Configuration {
  /// The arguments for a model executable.
  fileprivate var arguments: [String] {
    var arguments = [workload, "--workers", "\(workers)", "--json"]
    if let threadsPerRank { arguments += ["--threads-per-rank", "\(threadsPerRank)"] }
    if let upTo { arguments += ["--upto", "\(upTo)"] }
    if kernel != "scalar" { arguments += ["--kernel", kernel] }
    if let schedule { arguments += ["--schedule", schedule] }
    if let grain { arguments += ["--grain", "\(grain)"] }
    if let placement { arguments += ["--placement", placement] }
    if let repetitions { arguments += ["--repetitions", "\(repetitions)"] }
    if let operation { arguments += ["--operation", operation] }
    if let size { arguments += ["--size", "\(size)"] }
    if let duration { arguments += ["--seconds", Readable.fixed(Double(duration) / 1e9, decimals: 9)] }
    if let load { arguments += ["--load", "\(load)"] }
    return arguments
  }

  /// The limit of a report in bytes. For the suite's own models it has ample room for all shares, slices and regions, but
  /// it never exceeds what can be read from a results file.
  var outputLimit: Int {
    if isPeer == true { return 1 << 20 }
    let slices = Double(duration ?? 0) / 1e8 + 1
    let room = Double(workers) * (1024 + slices * 24) + Double(repetitions ?? 1) * 24
    return 1 << 20 + Int(min(room, Double(RunFile.sizeLimit)))
  }
}

extension TrialRecord {
  /// The total time of all regions in nanoseconds, at most `UInt64.max`.
  fileprivate var totalRegion: UInt64 {
    let total = (regions ?? []).reduce(UInt64(0)) { total, region in
      let (sum, overflow) = total.addingReportingOverflow(region)
      return overflow ? .max : sum
    }
    return max(region, total)
  }
}

extension ChildRunner.Execution {
  /// The last line on standard error, to follow the exit status; empty if there is none.
  var lastWords: String {
    let line = error.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }
    return line.map { ": \(Readable.line(String($0), limit: 500))" } ?? ""
  }
}

extension ProcessRecord {
  /// Makes the record of the kernel's accounting for an execution.
  ///
  /// - Parameter others: The usage of another part of the suite that ran at the same time, which is no foreign load.
  init(_ execution: ChildRunner.Execution, besides others: ResourceUsage? = nil) {
    self.init(wall: execution.wall, execution.ended.usage)
    activity = execution.activity
    if let others, let busy = activity?.busy {
      activity?.busy = busy - min(busy, others.userTime + others.systemTime)
    }
  }

  /// Makes the record of a wall time in nanoseconds and of a usage.
  init(wall: UInt64, _ usage: ResourceUsage) {
    self.init(
      wall: wall, userTime: usage.userTime, systemTime: usage.systemTime,
      voluntaryContextSwitches: usage.voluntaryContextSwitches,
      involuntaryContextSwitches: usage.involuntaryContextSwitches,
      minorPageFaults: usage.minorPageFaults, majorPageFaults: usage.majorPageFaults)
  }
}
