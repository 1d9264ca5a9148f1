import Records

/// The energy of a trial. `nil` with a launcher, because other machines do not report theirs.
extension MeasuredTrial {
  private var counted: Activity.Energy? { report.hosts == nil ? process?.activity?.energy : nil }

  /// The energy in joules that the processor packages used from the start to the end of the process, or the whole machine
  /// if only that is counted. It includes what the idle machine and other programs use.
  public var energy: Double? { (counted?.processor ?? counted?.platform).map(joules) }

  /// The energy in joules that memory used, which `energy` does not include.
  public var memoryEnergy: Double? { counted?.memory.map(joules) }

  /// The numbers or operations per joule of `energy`; `nil` if the counters did not move, which they do about a thousand
  /// times per second.
  public var workPerJoule: Double? {
    guard let energy, energy > 0, let work else { return nil }
    return work / energy
  }

  /// Returns the part of the energy that the idle machine would have used in the trial's time.
  ///
  /// - Parameter power: The power of the idle machine in watts; `nil` if it is unknown.
  public func idlePart(ofPower power: Double?) -> Double? {
    guard let power, let energy, energy > 0, let wallTime else { return nil }
    return power * wallTime / 1e9 / energy
  }

  /// Returns the energy of a part of the machine per number or operation, in joules; `nil` if no operation was done.
  func energyPerWork(of part: (Activity.Energy) -> UInt64?) -> Double? {
    guard let energy = counted.flatMap(part), let work, work > 0 else { return nil }
    return joules(energy) / work
  }

  /// The numbers or operations of all regions, or the answers of a server; `nil` if only the last of several has reported its own.
  private var work: Double? {
    if configuration.traffic != nil { return Double(report.result.value) }
    let regions = report.regions?.count ?? 1
    if regions > 1, configuration.upTo == nil { return nil }
    return done * Double(max(1, regions))
  }
}

/// Returns microjoules as joules.
private func joules(_ energy: UInt64) -> Double { Double(energy) / 1e6 }

extension Passport {
  /// The power of the idle machine in watts, before the run; `nil` if it is unknown, or if the machine was busy.
  public var idlePower: Double? {
    guard let power = load?.idlePower, power.busyCores <= max(0.25, 0.05 * Double(onlineCPUs)) else {
      return nil
    }
    return power.watts
  }
}
