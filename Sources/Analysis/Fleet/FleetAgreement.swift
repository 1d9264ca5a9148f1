import Records

/// The agreement of a fleet with the simulation of its traffic.
public struct FleetAgreement: Equatable, Sendable {
  /// The greatest difference of the instances in service that counts as agreement.
  public static let tolerance = 1

  /// The part of the compared time in which the live and the simulated instances in service differ by at most `tolerance`.
  public let part: Double
  /// The mean of live less simulated instances in service over that time.
  public let difference: Double

  /// Compares a fleet with a simulation; `nil` if they have no time in common.
  ///
  /// A live sample counts for the time since the one before it. It is compared with the simulated state of the nearest time,
  /// because each side has its own period.
  ///
  /// - Parameter simulated: The simulation, whose times are the policy's seconds since the start of the fleet.
  public init?(_ record: FleetRecord, _ simulated: SimulationRecord.Policy) {
    var (time, agreed, sum, before) = (0.0, 0.0, 0.0, 0.0)
    for point in record.points {
      let now = Double(point.time) / 1e9 * record.settings.timeScale
      let length = now - before
      before = now
      guard length > 0, let state = simulated.point(nearest: now) else { continue }
      let difference = point.inService - state.inService
      time += length
      sum += length * Double(difference)
      if abs(difference) <= Self.tolerance { agreed += length }
    }
    if time == 0 { return nil }
    (part, self.difference) = (agreed / time, sum / time)
  }
}

extension SimulationRecord.Policy {
  /// Returns the point of the timeline whose time is nearest; `nil` for a time more than a period outside of it.
  public func point(nearest time: Double) -> SimulationRecord.Point? {
    guard let first = timeline.first, let last = timeline.last else { return nil }
    let period = timeline.count > 1 ? timeline[1].time - first.time : first.time
    guard time >= first.time - period, time <= last.time + period else { return nil }
    var (low, high) = (0, timeline.count)
    while low < high {
      let middle = (low + high) / 2
      if timeline[middle].time < time { low = middle + 1 } else { high = middle }
    }
    let neighbours = timeline[max(0, low - 1)..<min(timeline.count, low + 1)]
    return neighbours.min { abs($0.time - time) < abs($1.time - time) }
  }
}
