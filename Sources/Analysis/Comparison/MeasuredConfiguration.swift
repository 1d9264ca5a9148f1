import Records
import Statistics

/// The trials that count of one configuration of a run, as what comparisons look at.
struct MeasuredConfiguration {
  /// What was tried.
  let configuration: Configuration
  /// The nanoseconds that the same work took, by round: those of the region, or for a workload of fixed time those of
  /// one operation.
  let times: [Int: Double]
  /// The busy cores over the effective CPUs, by round.
  let utilizations: [Int: Double]

  /// The CPUs that it could keep busy.
  let cores: Int
  /// How many machines it ran on.
  let hosts: Int
  /// The core-time that went into messages, over that of the region: the median. `nil` where no message is sent.
  let communication: Double?

  /// The median of the times.
  let time: Double

  /// Collects the trials of a configuration; `nil` where none of them counts.
  init?(_ configuration: Configuration, _ trials: [Trial], effectiveCPUs: Int) {
    var (times, utilizations): ([Int: Double], [Int: Double]) = ([:], [:])
    let counted = trials.compactMap { CountedTrial($0, of: configuration) }
    for trial in counted {
      times[trial.round] = trial.workTime
      utilizations[trial.round] = trial.busyCores.map {
        $0 / Double(max(1, trial.cores ?? effectiveCPUs))
      }
    }
    guard let time = median(Array(times.values)) else { return nil }
    cores = counted.lazy.compactMap(\.cores).first ?? effectiveCPUs
    hosts = counted.map { $0.report.hosts?.count ?? 1 }.max() ?? 1
    communication = median(counted.compactMap(\.communication))
    self.configuration = configuration
    (self.times, self.utilizations, self.time) = (times, utilizations, time)
  }

  /// What was done in a second: numbers, or operations.
  var throughput: Double { (configuration.upTo.map { Double($0) + 1 } ?? 1) / time * 1e9 }

  /// The times of the rounds in which another configuration of the same run was tried too, and the other's.
  func paired(with other: MeasuredConfiguration) -> PairedSample? {
    let rounds = times.keys.filter { other.times[$0] != nil }.sorted()
    return PairedSample(rounds.compactMap { other.times[$0] }, rounds.compactMap { times[$0] })
  }
}

extension Configuration {
  /// What is compared: the time that a workload of fixed time is given does not matter to its rate.
  var compared: Configuration {
    var compared = self
    compared.duration = nil
    return compared
  }
}

extension Plan {
  /// Whether some configuration of another plan is the same work done in the same way, by however many workers.
  public func isComparable(with other: Plan) -> Bool {
    func works(_ plan: Plan) -> Set<Configuration> {
      Set(
        plan.configurations.map { configuration in
          var work = configuration.compared
          work.workers = 0
          return work
        })
    }
    return !works(self).isDisjoint(with: works(other))
  }
}
