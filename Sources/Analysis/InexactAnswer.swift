import Records

/// An answer beside the right one, as a program that adds in floating-point numbers gives it.
public struct InexactAnswer: Equatable, Sendable {
  /// What was computed.
  public let found: ExactInteger
  /// What is right.
  public let right: ExactInteger

  /// How far off it is, over the right answer; `nil` where that is 0.
  public var relativeError: Double? {
    if right.value == 0 { return nil }
    let difference = found.value > right.value ? found.value - right.value : right.value - found.value
    return Double(difference) / Double(right.value)
  }

  /// The answer of a report; `nil` where it is right, or where nobody knows.
  init?(_ configuration: Configuration, _ report: TrialRecord) {
    guard let upTo = configuration.upTo,
      let right = KnownAnswer.result(of: configuration.workload, upTo: upTo), right != report.result
    else { return nil }
    (found, self.right) = (report.result, right)
  }
}
