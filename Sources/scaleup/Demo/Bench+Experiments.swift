import Records

extension Bench {
  /// The number of times that a lesson runs an experiment by itself.
  var experimentRuns: Int { 2 * repetitions }

  /// Runs an experiment `experimentRuns` times with two workers, and returns the results.
  ///
  /// Each run is measured by itself, because configurations measured together must have the same answer.
  ///
  /// - Throws: `CommandFailure`, `Interruption`.
  func results(of experiment: String, kernel: String, upTo last: UInt64) throws -> [UInt128] {
    try (0..<experimentRuns).map { _ in
      let configuration = Configuration(
        model: "experiment", workload: experiment, kernel: kernel, workers: 2, upTo: last)
      return try measure([configuration], rounds: 1, toleratesLoad: true)[0].middle.report.result.value
    }
  }
}
