import Analysis
import Records

/// The trials of a run after its planned rounds, for as long as its budget lasts: the configurations whose medians are known
/// least, each together with what its speedup is over.
///
/// Further trials of well-known medians gain little. What is tried is still tried in rounds of random order, so that a disturbance or a drift affects a configuration and its reference alike.
public struct Refinement: Sendable {
  /// Returns how uncertain each configuration of the plan is, as a number of any unit; `nil` if it need not be tried again.
  let uncertainty: @Sendable ([MeasuredRun]) -> [Double?]

  /// Tries configurations until every median is known to a precision.
  ///
  /// - Parameter precision: Half of the 95 % interval over the median.
  public static func toPrecision(_ precision: Double) -> Refinement {
    @Sendable func uncertain(_ runs: [MeasuredRun], _ widening: (MeasuredRun) -> Double) -> [Double?] {
      uncertainties(in: runs) { run in
        let widening = widening(run)
        return { $0.precision(widening: widening).map { $0 <= precision ? nil : $0 } ?? .infinity }
      }
    }
    return Refinement { runs in
      // The test for drift takes long, and widens all intervals of a run alike.
      let narrow = uncertain(runs) { _ in 1 }
      return narrow.contains { $0 != nil } ? narrow : uncertain(runs, \.widening)
    }
  }

  /// Tries configurations until each has so many trials that other programs did not disturb.
  public static func replacingDisturbed(upTo trials: Int) -> Refinement {
    Refinement { runs in
      uncertainties(in: runs) { _ in
        { $0.undisturbedCount < trials && !$0.disturbed.isEmpty ? .infinity : nil }
      }
    }
  }

  /// Tries configurations until the gates have decided each of them, or one of them has failed.
  ///
  /// - Parameter baseline: The run to compare with; `nil` compares with the second run, of the baseline's executables.
  public static func toGates(_ gates: [Gate], baseline: MeasuredRun?) -> Refinement {
    Refinement { runs in
      let old = baseline ?? runs[runs.count - 1]
      let all = gates.map { $0.uncertainties(between: old, and: runs[0], sharesRounds: baseline == nil) }
      return runs[0].plan.configurations.indices.map { position in all.compactMap { $0[position] }.max() }
    }
  }

  /// Returns the greatest uncertainty of each configuration in any of the runs.
  private static func uncertainties(
    in runs: [MeasuredRun], _ measure: (MeasuredRun) -> (MeasuredConfiguration) -> Double?
  ) -> [Double?] {
    let measures = runs.map { ($0, measure($0)) }
    return (runs.first?.plan.configurations.indices ?? 0..<0).map { position in
      measures.compactMap { run, uncertainty in run[position].flatMap(uncertainty) }.max()
    }
  }
}

extension Refinement {
  /// Returns the configurations to try in another round: those that are at least half as uncertain as the most uncertain
  /// one, as far as the time suffices.
  ///
  /// - Parameters:
  ///   - runs: What has been measured.
  ///   - hopeless: The positions of configurations that are not tried again.
  ///   - time: The time that is left, in nanoseconds.
  ///   - cost: The expected time of trying a configuration.
  /// - Returns: Positions in the plan; empty if enough is known, or if nothing fits in the time.
  func choose(
    from runs: [MeasuredRun], except hopeless: Set<Int> = [], within time: Double,
    costing cost: (Int) -> Double
  ) -> Set<Int> {
    guard let run = runs.first else { return [] }
    let uncertain = uncertainty(runs).enumerated().compactMap { position, value in
      hopeless.contains(position) ? nil : value.map { (position, $0) }
    }
    .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    var chosen: Set<Int> = []
    var left = time
    for (position, value) in uncertain where value >= (uncertain.first?.1 ?? 0) / 2 {
      let needed = Set([position, run.positionOfReference(for: position)].compactMap(\.self)).subtracting(
        chosen)
      let time = needed.reduce(0) { $0 + cost($1) }
      if time > left { continue }
      left -= time
      chosen.formUnion(needed)
    }
    return chosen
  }
}
