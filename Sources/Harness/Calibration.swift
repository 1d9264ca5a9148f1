import Records

/// Finds out how fast one worker is, to choose an amount of work that takes a given time.
public struct Calibration<Runner: TrialRunner> {
  private let runner: Runner

  /// Calibrates with the trials of a runner.
  public init(_ runner: Runner) {
    self.runner = runner
  }

  /// A calibration that failed, because its trials did.
  public struct Failure: Error, Equatable, Sendable {
    /// Why.
    public let reason: String
  }

  /// Numbers a second of one worker.
  ///
  /// Tries ten times as many numbers until they take 50 ms, so that what a start costs no longer matters.
  ///
  /// - Throws: `Interruption`; `Failure`.
  public func rate(model: String, workload: String) throws -> Double {
    var upTo: UInt64 = 1_000_000
    while true {
      let configuration = Configuration(model: model, workload: workload, workers: 1, upTo: upTo)
      switch try runner.run(configuration, timeout: 60_000_000_000) {
      case .failed(let reason, _):
        throw Failure(reason: reason)
      case .measured(_, let report):
        if report.region >= 50_000_000 || upTo >= 1_000_000_000_000_000 {
          return Double(upTo) / Double(max(1, report.region)) * 1e9
        }
        upTo *= 10
      }
    }
  }
}

/// The number nearest to a value, by ratio, that is 1, 2 or 5 times a power of ten; at least 1.
func roundNumber(near value: Double) -> UInt64 {
  let powers = (0..<19).map { exponent in (0..<exponent).reduce(UInt64(1)) { power, _ in power * 10 } }
  let candidates = powers.flatMap { [$0, 2 * $0, 5 * $0] }
  func distance(_ number: UInt64) -> Double { max(Double(number) / value, value / Double(number)) }
  return candidates.min { distance($0) < distance($1) } ?? 1
}
