import Records

/// The limits of a load run.
extension LoadRecord {
  /// The share of its CPUs from which on a program counts as out of CPU time.
  static let mostBusy = 0.9

  /// The CPU time of the load generator over the measured time.
  public var generatorCores: Double { (Double(userTime) + Double(systemTime)) / Double(max(1, duration)) }

  /// Whether a thread of the load generator was busy for 0.9 of the time, or all together if theirs are unknown.
  public var isGeneratorBusy: Bool { busiestThread ?? generatorCores >= Self.mostBusy }

  /// Returns the cores that a server kept busy: its CPU time over the time for which requests were offered, with the warm-up.
  func serverCores(_ cpuTime: Double) -> Double { cpuTime / max(1, Double(warmUp) + Double(duration)) }

  /// Returns whether the answers fell short of the requests that were due by more than a part of them; `false` in a closed loop.
  /// If it is unknown how many were due, they must fall short by more than four standard deviations of a Poisson process, too.
  func fallsShort(by part: Double) -> Bool {
    guard let askedRate else { return false }
    let offered = due.map { Double($0) } ?? askedRate * Double(duration) / 1e9
    let chance = due == nil ? 4 * offered.squareRoot() : 0
    return offered - Double(answered) > max(part * offered, chance)
  }
}
