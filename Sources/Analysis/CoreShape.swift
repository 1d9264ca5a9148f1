import Records

/// The speedups that the CPUs of a machine allow at best: as many times as there are workers, up to the number of fast physical
/// cores. Beyond them, slower cores and second workers of a core add what was measured. If that is unknown, slower cores count as fast
/// ones, and second workers of a core add nothing.
public struct CoreShape: Equatable, Sendable {
  /// A number of workers from which on another worker adds less than a core of the fastest kind.
  public struct Bend: Equatable, Sendable {
    /// The number of workers.
    public let workers: Int
    /// The kind of the cores up to it; `nil` if all are alike.
    public let kind: String?
  }

  /// A point of the ideal.
  private struct Corner: Equatable {
    let workers: Double
    let speedup: Double
  }

  /// The bends of the ideal below the number of CPUs, in ascending order.
  public let bends: [Bend]
  private let corners: [Corner]

  /// Makes the shape of a machine whose CPUs are all cores of their own and alike.
  public init(cpus: Int) {
    let cpus = Double(max(1, cpus))
    self.init(bends: [], [Corner(workers: 0, speedup: 0), Corner(workers: cpus, speedup: cpus)])
  }

  private init(bends: [Bend], _ corners: [Corner]) {
    (self.bends, self.corners) = (bends, corners)
  }

  /// Makes the shape of the machine of a run.
  ///
  /// - Parameters:
  ///   - kinds: The kinds of core, the fastest first.
  ///   - siblings: The speed of all CPUs over that of one CPU of each physical core; `nil` if it is unknown.
  ///   - gains: The speed of a core of each further kind over the first.
  init(_ run: MeasuredRun, kinds: [Passport.CoreKind], siblings: CoreGain?, gains: [CoreGain]) {
    let cpus = Double(max(1, run.effectiveCPUs))
    if let cores = run.physicalCores {
      let count = Double(cores)
      self.init(
        bends: [Bend(workers: cores, kind: nil)],
        [
          Corner(workers: 0, speedup: 0), Corner(workers: count, speedup: count),
          Corner(workers: cpus, speedup: count * max(1, siblings?.factor ?? 1)),
        ])
    } else if kinds.count > 1, kinds.reduce(0, { $0 + $1.cpus }) == run.effectiveCPUs {
      var corners = [Corner(workers: 0, speedup: 0)]
      var bends: [Bend] = []
      for (place, kind) in kinds.enumerated() {
        let factor = place == 0 ? 1 : gains.first { $0.configuration.placement == kind.name }?.factor ?? 1
        let last = corners[place]
        corners.append(
          Corner(
            workers: last.workers + Double(kind.cpus), speedup: last.speedup + factor * Double(kind.cpus)))
        if place + 1 < kinds.count {
          bends.append(Bend(workers: Int(corners[place + 1].workers), kind: kind.name))
        }
      }
      self.init(bends: bends, corners)
    } else {
      self.init(cpus: run.effectiveCPUs)
    }
  }

  /// Returns the best possible speedup with so many workers.
  public func ideal(at workers: Double) -> Double {
    for (one, next) in zip(corners, corners.dropFirst()) where workers <= next.workers {
      let part = (workers - one.workers) / (next.workers - one.workers)
      return one.speedup + part * (next.speedup - one.speedup)
    }
    return corners.last?.speedup ?? workers
  }

  /// The numbers of workers at which the ideal bends, with 0 and the number of CPUs.
  public var cornerWorkers: [Double] { corners.map(\.workers) }
}
