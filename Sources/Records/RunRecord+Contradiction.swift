extension RunRecord {
  /// What is impossible about a run that was read; `nil` for one that can be. Only such a run can be analysed.
  public var contradiction: String? {
    let possible = 0...1_000_000_000
    let counts = [plan.trials, plan.warmUps, passport.effectiveCPUs] + plan.configurations.map(\.workers)
    if !counts.allSatisfy(possible.contains) { return "has a count that cannot be" }
    if trials.contains(where: { $0.report?.hosts?.allSatisfy(\.isPossible) == false }) {
      return "has a machine that cannot be"
    }
    let known = plan.configurations.indices
    if !trials.allSatisfy({ known.contains($0.configuration) }) {
      return "has a trial of a configuration that is not in its plan"
    }
    return nil
  }
}
