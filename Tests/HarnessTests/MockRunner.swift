import Harness
import Records

/// A runner that answers as a test says, and remembers what it was asked.
final class MockRunner: TrialRunner {
  private let answer: (Configuration, Int) throws(Interruption) -> TrialOutcome
  private(set) var asked: [Configuration] = []
  private(set) var timeouts: [UInt64] = []

  /// - Parameter answer: What comes of a configuration; the second argument is how many trials were before.
  init(_ answer: @escaping (Configuration, Int) throws(Interruption) -> TrialOutcome) {
    self.answer = answer
  }

  func run(_ configuration: Configuration, timeout: UInt64) throws(Interruption) -> TrialOutcome {
    asked.append(configuration)
    timeouts.append(timeout)
    return try answer(configuration, asked.count - 1)
  }
}

extension RunLoop {
  /// Carries out the loop's plan, and appends its trials to a run.
  mutating func carryOut(
    _ run: inout RunRecord, willTry: (Step) -> Void, didTry: (RunRecord) throws -> Void
  ) throws {
    try carryOut(
      willTry: willTry,
      didTry: { trial in
        run.trials.append(trial)
        try didTry(run)
      })
  }
}

/// A trial that was measured.
func measured(wall: UInt64, region: UInt64 = 1) -> TrialOutcome {
  .measured(processRecord(wall: wall), TrialRecord(result: ExactInteger(0), region: region))
}

/// Costs of workloads whose numbers all take the same time, from so many of them a second.
func costs(_ rates: [String: Double]) -> Costs {
  var costs = Costs()
  for (workload, rate) in rates {
    let upTo = UInt64(max(1, rate))
    costs[workload, "scalar"] = Cost(upTo: upTo, time: Double(upTo) / rate * 1e9)
  }
  return costs
}

/// Returns the kernel's record of a process.
///
/// - Parameter foreignLoad: The number of cores that other programs kept busy; `nil` if it is unknown.
func processRecord(wall: UInt64, foreignLoad: Double? = nil) -> ProcessRecord {
  var process = ProcessRecord(
    wall: wall, userTime: 1, systemTime: 2, voluntaryContextSwitches: 3, involuntaryContextSwitches: 4,
    minorPageFaults: 5, majorPageFaults: 6)
  process.activity = foreignLoad.map { Activity(busy: 3 + UInt64($0 * Double(wall))) }
  return process
}

/// A run that is about to begin.
func newRun(_ plan: Plan, host: String = "host") -> RunRecord {
  RunRecord(
    host: host, startedAt: "2026-01-02T03:04:05Z",
    passport: Passport(
      architecture: "x86_64", onlineCPUs: 4, effectiveCPUs: 4, kernel: "Linux 6", swift: "6.3"), plan: plan)
}

/// A stress of some nanoseconds.
func stress(_ model: String, _ workers: Int, duration: UInt64 = 1000) -> Configuration {
  Configuration(model: model, workload: "stress", workers: workers, duration: duration)
}

/// A sum.
func sum(_ model: String, _ workers: Int, upTo: UInt64 = 1000) -> Configuration {
  Configuration(model: model, workload: "sum", workers: workers, upTo: upTo)
}
