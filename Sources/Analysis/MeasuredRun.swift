import Records

/// The configurations of a plan and their measured trials on one machine.
public struct MeasuredRun: Equatable, Sendable {
  /// The plan of the run.
  public let plan: Plan
  /// The effective CPUs of the machine.
  public let effectiveCPUs: Int
  /// The physical cores that the run may use; `nil` if each effective CPU is a core of its own, or if that is unknown.
  public private(set) var physicalCores: Int?
  /// The physical cores of each kind, the fastest first; empty if all are alike, or if it is unknown how many there are.
  public private(set) var kinds: [KindOfCores] = []
  /// The caches of the machine; without levels if they are unknown.
  public private(set) var caches = CacheLevels([], cpus: 1)
  /// The power of the machine without the run in watts; `nil` if it is unknown, or if the machine was busy.
  public private(set) var idlePower: Double?

  /// The configurations by their positions in the plan; `nil` before the first measured trial.
  private var measured: [MeasuredConfiguration?]
  /// The positions of matching configurations.
  private let counterparts: [Configuration: [Int]]
  /// The positions of what speedups are over, by work and kernel (`Configuration.isReference`).
  private let references: [Configuration: [Int]]

  /// Makes a run without trials.
  ///
  /// - Parameter effectiveCPUs: The effective CPUs of the machine.
  public init(_ plan: Plan, effectiveCPUs: Int) {
    self.plan = plan
    self.effectiveCPUs = effectiveCPUs
    measured = Array(repeating: nil, count: plan.configurations.count)
    let positions = plan.configurations.indices
    counterparts = Dictionary(grouping: positions) { plan.configurations[$0].matched }
    references = Dictionary(grouping: positions.filter { plan.configurations[$0].isReference }) {
      plan.configurations[$0].reference
    }
  }

  /// Makes a run from the measured trials of a record, in the order of their rounds.
  public init(_ run: RunRecord) {
    self.init(run.plan, effectiveCPUs: run.passport.effectiveCPUs)
    idlePower = run.passport.idlePower
    physicalCores = run.passport.topology?.usableCores.flatMap { $0 > 0 && $0 < effectiveCPUs ? $0 : nil }
    kinds = run.passport.topology?.coresOfKinds ?? []
    caches = CacheLevels(run.passport.caches, cpus: run.passport.effectiveCPUs)
    for trial in run.trials.sorted(by: { $0.round < $1.round }) { add(trial) }
  }

  /// Adds a trial; ignores a warm-up or a failed trial.
  public mutating func add(_ trial: Trial) {
    guard let one = measurement(of: trial) else { return }
    if measured[trial.configuration] == nil {
      measured[trial.configuration] = MeasuredConfiguration(one)
    } else {
      measured[trial.configuration]?.add(one)
    }
  }

  /// Returns the measurements of a trial of this plan; `nil` for a warm-up or a failed trial.
  public func measurement(of trial: Trial) -> MeasuredTrial? {
    guard plan.configurations.indices.contains(trial.configuration) else { return nil }
    return MeasuredTrial(
      trial, of: plan.configurations[trial.configuration], effectiveCPUs: effectiveCPUs,
      mostForeignLoad: plan.foreignLoadLimit)
  }
}

extension MeasuredRun {
  /// The physical cores, or the effective CPUs if those are unknown.
  public var cores: Int { physicalCores ?? effectiveCPUs }

  /// Returns the cores that laws are fitted up to: the physical cores of the fastest kind, or of the kind that workers are put on.
  ///
  /// - Parameter placement: The rule by which workers are put on CPUs; `nil` if there is none.
  func alikeCores(_ placement: String?) -> (kind: String?, count: Int) {
    let kind = kinds.first { $0.name == placement } ?? kinds.first
    return (kind?.name, min(kind?.cores ?? .max, cores))
  }

  /// The configurations that have a measured trial, in the order of the plan.
  public var configurations: [MeasuredConfiguration] { measured.compactMap(\.self) }

  /// Returns the configuration at a position of the plan; `nil` if it has no measured trial.
  public subscript(position: Int) -> MeasuredConfiguration? { measured[position] }

  /// The factor of the intervals of absolute times if the machine changed during the run (`RunDrift.widening`).
  public var widening: Double { RunDrift(self)?.widening ?? 1 }

  /// Returns the position in the plan of what the speedup of a configuration is over: the model `single` with the same work and
  /// kernel, or the same command with one worker. `nil` if the plan has none.
  public func positionOfReference(for position: Int) -> Int? {
    references[plan.configurations[position].reference]?.first
  }

  /// Returns the measured configuration with the same work, model and schedule; `nil` if there is none. N may differ if
  /// every number costs the same.
  func counterpart(of configuration: Configuration) -> MeasuredConfiguration? {
    first(of: counterparts[configuration.matched])
  }

  /// Returns what the speedup of a configuration is over, if that was measured.
  func reference(for configuration: Configuration) -> MeasuredConfiguration? {
    first(of: references[configuration.reference])
  }

  private func first(of positions: [Int]?) -> MeasuredConfiguration? {
    (positions ?? []).lazy.compactMap { measured[$0] }.first
  }
}

extension Configuration {
  /// The configuration without the duration of a workload of fixed time, which does not affect its rate.
  var compared: Configuration {
    var compared = self
    compared.duration = nil
    return compared
  }

  /// The configuration without its amount of work or offered rate.
  var unsized: Configuration {
    var unsized = matched
    unsized.upTo = nil
    unsized.traffic?.rate = nil
    return unsized
  }

  /// The size from which arrays are matched with others of such a size, in bytes: each machine needs its own to exceed its
  /// caches.
  private static let matchedSize: UInt64 = 64 << 20

  /// The configuration without what does not affect its rate: the duration, N if every number costs the same, and the size of
  /// large arrays.
  var matched: Configuration {
    var matched = compared
    if hasUniformCost { matched.upTo = 0 }
    if let size, size >= Self.matchedSize { matched.size = Self.matchedSize }
    return matched
  }

  /// The name by which the rows of a workload find the row that their speedups are over, whatever its N: that of the kernel of
  /// `single`, or of the command.
  var referenceName: String { command == nil ? kernel : model }

  /// The work and kernel by which what its speedup is over is found in a plan.
  var reference: Configuration {
    var reference = matched.work
    (reference.kernel, reference.repetitions) = (kernel, repetitions)
    return reference
  }
}

extension Plan {
  /// Returns whether the plans share a configuration, regardless of the number of workers.
  public func isComparable(with other: Plan) -> Bool {
    func works(_ plan: Plan) -> Set<Configuration> {
      Set(
        plan.configurations.map { configuration in
          var work = configuration.matched
          work.workers = 0
          return work
        })
    }
    return !works(self).isDisjoint(with: works(other))
  }
}
