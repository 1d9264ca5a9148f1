/// A limit on the regression of a measure, such as `time:3%`.
public struct Gate: Codable, Hashable, Sendable {
  /// The measure that must not get worse.
  public enum Measure: String, Codable, CaseIterable, Sendable {
    /// The time for the same work; more is worse.
    case time
    /// Speedup divided by workers; less is worse.
    case efficiency
    /// Busy cores divided by effective CPUs; less is worse.
    case utilization
  }

  /// The measure that must not get worse.
  public var measure: Measure
  /// The allowed regression as a fraction of the baseline's value: 0.03 for 3 %.
  public var limit: Double

  /// Creates a gate.
  public init(_ measure: Measure, limit: Double) {
    self.measure = measure
    self.limit = limit
  }
}

/// The result of a gate for a comparison.
public struct GateAnswer: Codable, Equatable, Sendable {
  /// The verdict on one configuration or on all.
  public enum Verdict: String, Codable, Sendable {
    /// The data show that the regression is within the limit.
    case passed
    /// The data show a regression beyond the limit.
    case failed
    /// The data show neither, or there are too few.
    case inconclusive
  }

  /// A configuration that did not pass.
  public struct Finding: Codable, Equatable, Sendable {
    /// The index of the other run.
    public var run: Int
    /// The configuration.
    public var configuration: Configuration
    /// The verdict.
    public var verdict: Verdict
    /// The ratio of the measures, the other run's over the baseline's; `nil` if it was not measured in one of
    /// them.
    public var ratio: ComparisonRecord.Ratio?

    /// Creates a finding.
    public init(
      run: Int, configuration: Configuration, verdict: Verdict, ratio: ComparisonRecord.Ratio?
    ) {
      self.run = run
      self.configuration = configuration
      self.verdict = verdict
      self.ratio = ratio
    }
  }

  /// The gate.
  public var gate: Gate
  /// The number of configurations that were checked.
  public var count: Int
  /// The configurations that did not pass.
  public var findings: [Finding]

  /// The overall verdict: failed if any configuration failed; otherwise inconclusive if any was inconclusive,
  /// or if none was checked.
  public var verdict: Verdict

  /// Creates an answer.
  public init(gate: Gate, count: Int, findings: [Finding]) {
    self.gate = gate
    self.count = count
    self.findings = findings
    verdict =
      findings.contains { $0.verdict == .failed }
      ? .failed : findings.isEmpty && count > 0 ? .passed : .inconclusive
  }
}
