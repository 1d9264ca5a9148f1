import Platform
import Records

/// A trial of a command: one execution of it, or several at once. The region is its wall time, from just before the first is
/// started until the last has ended.
struct CommandTrial {
  private let configuration: Configuration
  private let command: UserCommand
  private let timeout: UInt64

  /// Makes a trial.
  ///
  /// - Parameter timeout: The time limit in nanoseconds.
  init(_ configuration: Configuration, of command: UserCommand, timeout: UInt64) {
    (self.configuration, self.command, self.timeout) = (configuration, command, timeout)
  }

  /// The number of executions at once.
  private var copies: Int { configuration.command?.isParallel == true ? configuration.workers : 1 }

  /// Runs the command.
  ///
  /// - Returns: The outcome; `nil` if this process was stopped meanwhile and continued.
  /// - Throws: `SystemError`.
  func carryOut(
    _ children: inout ChildWatches, _ recorder: ActivityRecorder?
  ) throws(SystemError) -> Result<TrialOutcome?, ChildRunner.Failure> {
    var positions: [Int] = []
    for copy in 1...max(1, copies) {
      let launch = command.launch(workers: configuration.workers, copy: copy)
      positions.append(try children.start(launch, timeout: timeout, recorder: recorder))
    }
    try children.wait { children in positions.contains { children[$0].isOpen } }
    var executions: [ChildRunner.Execution] = []
    for position in positions {
      switch children.outcome(of: position) {
      case .success(let execution): executions.append(execution)
      case .failure(let failure): return .failure(failure)
      }
    }
    if executions.contains(where: \.wasPaused) { return .success(nil) }
    return .success(outcome(of: executions, leaving: children.orphans))
  }

  private func outcome(of executions: [ChildRunner.Execution], leaving orphans: Orphans?) -> TrialOutcome {
    var usage = orphans?.usage ?? .none
    for execution in executions { usage += execution.ended.usage }
    let start = executions.map(\.start).min() ?? 0
    let end = executions.map { $0.start + $0.wall }.max() ?? start
    var process = ProcessRecord(wall: end - start, usage)
    process.activity = executions.first?.activity
    if let reason = executions.lazy.compactMap(failure).first {
      return .failed(reason: "\(command.name) \(reason)", process)
    }
    let hashes = Set(executions.map(\.outputHash))
    if hashes.count > 1 {
      return .failed(reason: "\(command.name) printed different outputs in executions at once", process)
    }
    var report = TrialRecord(result: ExactInteger(UInt128(executions.count)), region: max(1, process.wall))
    (report.model, report.workload) = (configuration.model, configuration.workload)
    report.workers = configuration.workers
    // A process that was started has at least the peak of the one that started it.
    if usage.peakMemory > PeakMemory.sinceFork() ?? .max { report.peakMemory = usage.peakMemory }
    report.outputHash = (hashes.first ?? nil).map { ExactInteger(UInt128($0)) }
    if let killed = orphans?.killed, killed > 0 { report.leftBehind = killed }
    return .measured(process, report)
  }

  /// Returns how an execution ended other than it should, as a predicate; `nil` if it did as it should.
  private func failure(of execution: ChildRunner.Execution) -> String? {
    let expected = command.settings.expectedStatuses
    if case .exited(let status) = execution.ended.status, expected.contains(status) { return nil }
    let wanted =
      expected == [0] ? "" : " (expected \(expected.sorted().map(String.init).joined(separator: " or ")))"
    return "\(execution.ended.reason())\(wanted)\(withoutAbsolutePaths(execution.lastWords))"
  }
}
