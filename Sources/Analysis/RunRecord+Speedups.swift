import Records

extension RunRecord {
  /// For each trial, its speedup over `single` of the same round and kernel, or over the same command with one worker; `nil` if the
  /// round has none, for a warm-up, and for a failed or disturbed trial.
  public var trialSpeedups: [Double?] {
    let run = MeasuredRun(self)
    let byRound = plan.configurations.indices.map { position -> [Int: Double] in
      guard let measured = run[position], let reference = run.reference(for: measured.configuration) else {
        return [:]
      }
      return measured.speedups(over: reference)
    }
    return trials.map { trial in
      guard let measured = run.measurement(of: trial), !measured.isDisturbed,
        byRound.indices.contains(trial.configuration)
      else { return nil }
      return byRound[trial.configuration][trial.round]
    }
  }
}
