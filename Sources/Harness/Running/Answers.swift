import Records

/// The first answer of a run to every question: for a fixed amount of work there is one right answer, also where no
/// formula gives it.
struct Answers {
  private var first: [Configuration: (result: ExactInteger, model: String)] = [:]

  /// Takes note of an answer, if it is the first to its question. A peer's may be inexact, and says nothing of the
  /// others.
  mutating func learn(_ result: ExactInteger, of configuration: Configuration) {
    guard configuration.upTo != nil, configuration.isPeer != true, first[configuration.work] == nil else {
      return
    }
    first[configuration.work] = (result, configuration.model)
  }

  /// Why an answer cannot be believed; `nil` where it is the first to its question, or the same.
  func contradiction(of result: ExactInteger, by configuration: Configuration) -> String? {
    guard configuration.isPeer != true, let other = first[configuration.work], other.result != result else {
      return nil
    }
    return "scaleup-\(configuration.model) computed \(result), and scaleup-\(other.model) \(other.result)"
  }
}
