import Formatting
import Platform
import Records

/// Carries out single trials. The run's loop knows no more of them than this, so that tests can stand in.
public protocol TrialRunner {
  /// Tries a configuration once.
  ///
  /// - Parameter timeout: How many nanoseconds it may take.
  /// - Returns: What was measured, or why not.
  /// - Throws: `Interruption`.
  func run(_ configuration: Configuration, timeout: UInt64) throws(Interruption) -> TrialOutcome
}

/// What came of one trial.
public enum TrialOutcome: Equatable, Sendable {
  /// It was measured, and its answer is right.
  case measured(ProcessRecord, TrialRecord)
  /// It failed, and counts for nothing.
  case failed(reason: String, ProcessRecord?)
}

/// Carries out trials by running the models' executables.
public struct ExecutableTrialRunner: TrialRunner {
  private let models: [String: InstalledModel]
  private let runner: ChildRunner
  private let recorder: ActivityRecorder?
  private let retries: Int?

  /// A runner for the models of a catalog.
  ///
  /// - Parameters:
  ///   - recorder: Records what the machine does during a trial. Trials that repeat their region are not recorded: they
  ///     measure microseconds, of which counting takes some at every switch of threads.
  ///   - retries: How many lost workers a model may replace in a trial, where it does that; `nil` leaves it to the model.
  public init(
    _ catalog: ModelCatalog, _ runner: ChildRunner, recorder: ActivityRecorder? = nil, retries: Int? = nil
  ) {
    self.recorder = recorder
    self.retries = retries
    models = Dictionary(
      catalog.models.map { ($0.description.model, $0) }, uniquingKeysWith: { first, _ in first })
    self.runner = runner
  }

  /// Runs the executable of the configuration's model, and checks what it reports.
  ///
  /// - Throws: `Interruption`.
  public func run(_ configuration: Configuration, timeout: UInt64) throws(Interruption) -> TrialOutcome {
    guard let model = models[configuration.model] else {
      return .failed(reason: "\(configuration.model) is missing", nil)
    }
    let name = model.name
    recorder?.prepare(for: configuration)
    do throws(ChildRunner.Failure) {
      let command = model.command(for: configuration)
      let execution = try runner.run(
        command.path,
        command.arguments + configuration.arguments
          + model.recoveryArguments(configuration, timeout, retries),
        timeout: timeout, outputLimit: configuration.outputLimit, isLauncher: model.launcher != nil,
        recorder: configuration.repetitions == nil ? recorder : nil)
      let process = ProcessRecord(execution)
      recorder?.learn(configuration, took: process.wall)
      guard execution.ended.status == .exited(0) else {
        let words =
          model.launcher == nil
          ? execution.lastWords
          : Launcher.lastWords(of: name, output: execution.output, error: execution.error)
        return .failed(reason: "\(name) \(execution.ended.status)\(words)", process)
      }
      do throws(TrialProblem) {
        let report = try configuration.checkedReport(execution.output)
        if report.totalRegion > process.wall {
          throw .unreadable("has a region longer than the process lived")
        }
        return .measured(process, report)
      } catch {
        return .failed(reason: "\(name) \(error)", process)
      }
    } catch .interrupted(let interruption) {
      throw interruption
    } catch .timeout(let limit, let said) where model.launcher != nil {
      let reason = ChildRunner.Failure.timeout(limit).reason
      return .failed(reason: "\(name) \(reason)\(Launcher.lastWords(of: name, error: said))", nil)
    } catch {
      return .failed(reason: "\(name) \(error.reason)", nil)
    }
  }
}

extension InstalledModel {
  /// What tells a model that replaces lost workers how many, and how long to wait for one: three quarters of what the
  /// trial may take beyond the time that is fixed. Then there is time left to do its work again, and one that is slow is
  /// left alone.
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
  /// The arguments with which a model executable is called.
  fileprivate var arguments: [String] {
    var arguments = [workload, "--workers", "\(workers)", "--json"]
    if let threadsPerRank { arguments += ["--threads-per-rank", "\(threadsPerRank)"] }
    if let upTo { arguments += ["--upto", "\(upTo)"] }
    if kernel != "scalar" { arguments += ["--kernel", kernel] }
    if let schedule { arguments += ["--schedule", schedule] }
    if let grain { arguments += ["--grain", "\(grain)"] }
    if let repetitions { arguments += ["--repetitions", "\(repetitions)"] }
    if let duration { arguments += ["--seconds", Readable.fixed(Double(duration) / 1e9, decimals: 9)] }
    if let load { arguments += ["--load", "\(load)"] }
    return arguments
  }

  /// The bytes that a report of this configuration may have: of the suite's own models, generous for every share,
  /// slice and region there can be.
  fileprivate var outputLimit: Int {
    if isPeer == true { return 1 << 20 }
    let slices = Int((duration ?? 0) / 100_000_000) + 1
    return 1 << 20 + workers * (1024 + slices * 24) + (repetitions ?? 1) * 24
  }
}

extension TrialRecord {
  /// The nanoseconds that all regions took together, as far as they can be counted.
  fileprivate var totalRegion: UInt64 {
    let total = (regions ?? []).reduce(UInt64(0)) { total, region in
      let (sum, overflow) = total.addingReportingOverflow(region)
      return overflow ? .max : sum
    }
    return max(region, total)
  }
}

extension ChildRunner.Execution {
  /// The last line on standard error, to be set behind how the executable ended.
  var lastWords: String {
    let line = error.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }
    return line.map { ": \(Readable.line(String($0), limit: 500))" } ?? ""
  }
}

extension ProcessRecord {
  /// What the kernel accounted for an execution.
  fileprivate init(_ execution: ChildRunner.Execution) {
    let usage = execution.ended.usage
    self.init(
      wall: execution.wall, userTime: usage.userTime, systemTime: usage.systemTime,
      voluntaryContextSwitches: usage.voluntaryContextSwitches,
      involuntaryContextSwitches: usage.involuntaryContextSwitches,
      minorPageFaults: usage.minorPageFaults, majorPageFaults: usage.majorPageFaults)
    activity = execution.activity
  }
}
