import Records

/// The speedups that the CPUs of a machine allow at best: as many times as there are workers, up to the number of fast physical
/// cores. Beyond them, slower cores and second workers of a core add what was measured. If that is unknown, slower cores count as fast
/// ones, and second workers of a core add nothing.
public struct CoreShape: Equatable, Sendable {
  /// A number of workers from which on another worker adds less than a core of the fastest kind.
  public struct Bend: Equatable, Sendable {
    /// The number of workers.
    public let workers: Int
    /// The kind of the cores up to it; `nil` if there is only one, or if there are several.
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

  /// Makes the shape of the machine of a run. Workers are on the fastest cores first, and share cores last.
  ///
  /// - Parameters:
  ///   - siblings: The speed of all CPUs over that of one CPU of each physical core; `nil` if it is unknown.
  ///   - gains: The speed of a core of each further kind over the first.
  init(_ run: MeasuredRun, siblings: CoreGain?, gains: [CoreGain]) {
    let cpus = max(1, run.effectiveCPUs)
    var corners = [Corner(workers: 0, speedup: 0)]
    var bends: [Bend] = []
    func add(_ workers: Int, each factor: Double, of kind: String?) {
      let (last, end) = (corners[corners.count - 1], Double(cpus))
      guard workers > 0, last.workers < end else { return }
      let next = min(last.workers + Double(workers), end)
      corners.append(Corner(workers: next, speedup: last.speedup + factor * (next - last.workers)))
      if next < end { bends.append(Bend(workers: Int(next), kind: kind)) }
    }
    for (place, kind) in run.kinds.enumerated() {
      let factor = gains.first { $0.configuration.placement == kind.name }?.factor ?? 1
      // From the second kind on, the workers are on cores of several kinds.
      add(kind.cores, each: place == 0 ? 1 : factor, of: place == 0 ? kind.name : nil)
    }
    let onCores = corners[corners.count - 1]
    add(run.cores - Int(onCores.workers), each: 1, of: nil)
    let all = corners[corners.count - 1]
    let shared = cpus - Int(all.workers)
    if shared > 0 {
      add(shared, each: all.speedup * max(0, (siblings?.factor ?? 1) - 1) / Double(shared), of: nil)
    }
    self.init(bends: bends, corners)
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
