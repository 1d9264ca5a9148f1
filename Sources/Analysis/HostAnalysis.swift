import Records
import Statistics

/// What one of the machines did on which a launcher started the processes of a configuration.
public struct HostAnalysis: Equatable, Sendable {
  /// Its name.
  public let name: String
  /// The processes on it.
  public let ranks: Int
  /// The CPUs that it has for them.
  public let cores: Int
  /// CPU time of its processes over the wall time of the launcher, in cores: the median.
  public let busyCores: Double
  /// By how much its clock may be wrong beside the first machine's, in nanoseconds: the most in any trial. `nil` for
  /// machines that share a clock.
  public let clockError: UInt64?

  /// Busy cores over the cores that there are.
  public var utilization: Double { busyCores / Double(max(1, cores)) }

  /// The machines of the first trial, over all trials that had the same.
  static func all(in trials: [MeasuredTrial]) -> [HostAnalysis] {
    guard let first = trials.first?.report.hosts else { return [] }
    let same = trials.compactMap { trial -> (hosts: [HostUse], wall: Double)? in
      guard let hosts = trial.report.hosts, let wall = trial.wallTime, wall > 0,
        hosts.map(\.name) == first.map(\.name), hosts.map(\.ranks) == first.map(\.ranks)
      else { return nil }
      return (hosts, wall)
    }
    return first.indices.compactMap { position in
      median(same.map { Double($0.hosts[position].cpuTime) / $0.wall }).map { busyCores in
        HostAnalysis(
          name: first[position].name, ranks: first[position].ranks, cores: first[position].cores,
          busyCores: busyCores, clockError: same.compactMap { $0.hosts[position].clockError }.max())
      }
    }
  }
}
