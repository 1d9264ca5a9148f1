import Records

/// A wrong answer with the right one, such as that of a program that adds floating-point numbers.
public struct InexactAnswer: Equatable, Sendable {
  /// The computed answer.
  public let found: ExactInteger
  /// The right answer.
  public let right: ExactInteger

  /// The relative error; `nil` if the right answer is 0.
  public var relativeError: Double? {
    if right.value == 0 { return nil }
    let difference = found.value > right.value ? found.value - right.value : right.value - found.value
    return Double(difference) / Double(right.value)
  }

  /// Makes the wrong answer of a report; `nil` if the answer is right, or if the right answer is unknown.
  init?(_ configuration: Configuration, _ report: TrialRecord) {
    guard let upTo = configuration.upTo,
      let right = KnownAnswer.result(of: configuration.workload, upTo: upTo), right != report.result
    else { return nil }
    (found, self.right) = (report.result, right)
  }
}
