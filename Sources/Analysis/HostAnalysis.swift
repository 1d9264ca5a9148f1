import Records
import Statistics

/// One of the machines on which a launcher started the processes of a configuration.
public struct HostAnalysis: Equatable, Sendable {
  /// The name of the machine.
  public let name: String
  /// The number of processes on the machine.
  public let ranks: Int
  /// The number of CPUs that the machine has for its processes.
  public let cores: Int
  /// The median CPU time of its processes, divided by the wall time of the launcher.
  public let busyCores: Double
  /// The largest error of its clock in any trial, compared with the first machine's, in nanoseconds; `nil` for machines
  /// that share a clock.
  public let clockError: UInt64?

  /// The busy cores divided by the CPUs of the machine.
  public var utilization: Double { busyCores / Double(max(1, cores)) }

  /// Returns the machines of the first trial, over all trials that ran on the same machines.
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
