import Records

extension FitRecord {
  /// Makes the record of a fit.
  ///
  /// - Parameters:
  ///   - group: The values that all trials have in common, by title; `nil` if the trials were not grouped.
  ///   - notes: Sentences about how the trials were read; `nil` if there are none.
  public init(_ fit: ScalingFit, group: [String: String]? = nil, notes: [String]? = nil) {
    self.init(
      group: group, notes: notes,
      points: fit.points.map {
        Point(
          workers: $0.workers, trials: $0.trials, throughput: $0.throughput, lowest: $0.lowest,
          highest: $0.highest, lower: $0.interval?.lower, upper: $0.interval?.upper)
      },
      laws: fit.laws.map { result in
        switch result {
        case .success(let fit): Law(fit)
        case .failure(let error): Law(error)
        }
      })
  }
}

extension FitRecord.Law {
  fileprivate init(_ error: LawFitError) {
    self.init(law: error.law.rawValue)
    refusal = error.description
  }

  fileprivate init(_ fit: LawFit) {
    self.init(law: fit.law.rawValue)
    gamma = fit[.gamma].map { .init($0) }
    f = fit[.f].map { .init($0) }
    alpha = fit[.alpha].map { .init($0) }
    beta = fit[.beta].map { .init($0) }
    residualStandardError = fit.residualStandardError
    degreesOfFreedom = fit.degreesOfFreedom
    peak = fit.peak.map { .init($0) }
    limit = fit.limit.map { .init($0) }
    predictions = fit.predictions.map { prediction in
      .init(
        workers: prediction.workers,
        speedup: .init(
          value: prediction.speedup, lower: prediction.interval.lower, upper: prediction.interval.upper),
        extrapolated: prediction.isExtrapolated)
    }
  }
}

extension FitRecord.Estimate {
  fileprivate init(_ coefficient: LawFit.Coefficient) {
    self.init(
      value: coefficient.value, standardError: coefficient.standardError, lower: coefficient.interval.lower,
      upper: coefficient.interval.upper)
  }

  fileprivate init(_ estimate: LawFit.Extreme) {
    self.init(value: estimate.value, lower: estimate.lower, upper: estimate.upper)
  }
}
