import Records
import Statistics

/// The fastest configuration of the suite's models, and how sure it is that no other model is faster.
///
/// This is a multiple comparison with the best: the probability that the truly fastest model is neither named nor tied
/// is at most 5 % (Hsu, "Constrained Simultaneous Confidence Intervals for Multiple Comparisons with the Best", Annals
/// of Statistics 12 (1984)). The tests are of the ratios of the same rounds; Bonferroni's inequality takes the place of
/// Dunnett's distribution, because the noise of the models differs.
public struct Leader: Equatable, Sendable {
  /// The configuration with the greatest speedup; for `serve`, with the least CPU time per request.
  public let row: ConfigurationAnalysis
  /// The 95 % interval of its speedup over `single`. It allows for the choice among the models: the one that comes out
  /// first was probably also lucky. `nil` for too few rounds, and for `serve`.
  public let speedupInterval: Interval?
  /// The fastest configuration of each other model with the same kernel that is statistically tied: the test of whether
  /// it is slower, at a level of 5 % divided by the number of other models, does not show it.
  public let tied: [ConfigurationAnalysis]
  /// The number of other models.
  public let rivals: Int
  /// Whether every other model has enough undisturbed rounds with this one for the test. If not, no model can be called
  /// fastest.
  public let isTested: Bool

  /// The probability that the truly fastest model is neither named nor tied.
  private static let error = 0.05

  /// Compares a configuration with the other models of its workload.
  ///
  /// - Parameters:
  ///   - row: The fastest row.
  ///   - workload: The workload of the row.
  ///   - kernel: The kernel of the `single` that its speedup is over.
  init(_ row: ConfigurationAnalysis, in workload: WorkloadAnalysis, overSingleOf kernel: String) {
    self.row = row
    let best = row.configuration
    let candidates = workload.rows.filter {
      $0.configuration.model != best.model && $0.configuration.isPeer != true
        && $0.configuration.kernel == best.kernel && $0.isRanked
    }
    let byModel = Dictionary(grouping: candidates, by: \.configuration.model)
    let models = distinct(candidates.map(\.configuration.model))
    let others = models.compactMap { model in byModel[model].flatMap { workload.fastest(of: $0) } }
    let tests = others.map { other in
      MedianEstimate(Array(other.measured.speedups(over: row.measured).values))?.pValue(lessThan: 1)
    }
    rivals = models.count
    isTested = others.count == models.count && !tests.contains(nil)
    tied = zip(others, tests).filter { _, pValue in
      pValue.map { $0 >= Self.error / Double(others.count) } ?? false
    }.map(\.0)
    let single = workload.rows.first {
      $0.configuration.model == "single" && $0.configuration.kernel == kernel && $0.configuration.isReference
    }
    speedupInterval = single.flatMap { single in
      single.configuration == row.configuration
        ? nil
        : MedianEstimate(Array(row.measured.speedups(over: single.measured).values))?
          .interval(level: 1 - Self.error / Double(others.count + 1))
    }
  }
}
