/// A worsening that is not to be: `time:3%`.
public struct Gate: Codable, Hashable, Sendable {
  /// What must not get worse.
  public enum Measure: String, Codable, CaseIterable, Sendable {
    /// The time of the same work; more is worse.
    case time
    /// Speedup over workers; less is worse.
    case efficiency
    /// Busy cores over effective CPUs; less is worse.
    case utilization
  }

  /// What must not get worse.
  public var measure: Measure
  /// By what part of the baseline's it may: 0.03 for 3 %.
  public var limit: Double

  /// Describes a gate.
  public init(_ measure: Measure, limit: Double) {
    self.measure = measure
    self.limit = limit
  }
}

/// What a gate says of a comparison.
public struct GateAnswer: Codable, Equatable, Sendable {
  /// What came of one configuration or of all.
  public enum Verdict: String, Codable, Sendable {
    /// The interval rules out that it got worse by more than the limit.
    case passed
    /// The interval shows that it did.
    case failed
    /// The data cannot tell.
    case inconclusive
  }

  /// A configuration that did not pass.
  public struct Finding: Codable, Equatable, Sendable {
    /// The other run, by its position.
    public var run: Int
    /// What was run.
    public var configuration: Configuration
    /// What came of it.
    public var verdict: Verdict
    /// The other's measure over the baseline's; `nil` where it was not measured in one of them.
    public var ratio: ComparisonRecord.Ratio?

    /// Describes a finding.
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
  /// How many configurations it looked at.
  public var count: Int
  /// Those that did not pass.
  public var findings: [Finding]

  /// What comes of all: failed where one failed, else inconclusive where one was, or where there was nothing to look
  /// at.
  public var verdict: Verdict

  /// Describes an answer.
  public init(gate: Gate, count: Int, findings: [Finding]) {
    self.gate = gate
    self.count = count
    self.findings = findings
    verdict =
      findings.contains { $0.verdict == .failed }
      ? .failed : findings.isEmpty && count > 0 ? .passed : .inconclusive
  }
}
