/// The data caches of a machine, as far as sizes of arrays are concerned.
public struct CacheLevels: Equatable, Sendable {
  /// The caches of one level.
  public struct Level: Equatable, Sendable {
    /// The level; 1 is nearest to the core.
    public let number: Int
    /// The bytes of the largest single cache.
    public let single: UInt64
    /// The bytes of all caches of the level that the run can use.
    public let total: UInt64
  }

  /// The last-level cache that is assumed where the system reports none, in bytes.
  public static let assumedLast: UInt64 = 64 << 20
  /// The least size of an array over that of all last-level caches together, so that its bandwidth is that of memory
  /// (STREAM's rule).
  public static let factor: UInt64 = 4

  /// The levels, from the core outward; empty if the system reports none.
  public let levels: [Level]

  /// Creates the levels of a machine.
  ///
  /// - Parameters:
  ///   - caches: The caches as seen from one CPU.
  ///   - cpus: The number of CPUs that have them.
  public init(_ caches: [Passport.Cache], cpus: Int) {
    let data = caches.filter { $0.type != "Instruction" && $0.size > 0 }
    levels = Set(data.map(\.level)).sorted().map { level in
      let kinds = data.filter { $0.level == level }
      let total = kinds.reduce(UInt64(0)) { total, cache in
        let sharing = max(1, cache.sharedBy)
        let count = max(1, ((cache.cpus ?? cpus) + sharing - 1) / sharing)
        let (bytes, overflow) = cache.size.multipliedReportingOverflow(by: UInt64(count))
        let (sum, isPast) = total.addingReportingOverflow(bytes)
        return overflow || isPast ? .max : sum
      }
      return Level(number: level, single: kinds.map(\.size).max() ?? 0, total: total)
    }
  }

  /// The bytes of all last-level caches together, or an assumed number.
  public var last: UInt64 { levels.last?.total ?? Self.assumedLast }

  /// The bytes of an array whose bandwidth is that of memory: a multiple of 1 MiB.
  public var leastArray: UInt64 {
    let (size, overflow) = last.multipliedReportingOverflow(by: Self.factor)
    let unit: UInt64 = 1 << 20
    return max(1, ((overflow ? 1 << 46 : size) + unit - 1) / unit) * unit
  }

  /// Returns the place that three arrays of a size have in the memory hierarchy.
  public func place(ofArrays size: UInt64) -> ArrayPlace {
    let (bytes, overflow) = size.multipliedReportingOverflow(by: 3)
    if size >= leastArray || overflow { return .memory }
    if let level = levels.first(where: { $0.single >= bytes }) { return .cache(level.number) }
    guard let last = levels.last else { return size >= leastArray ? .memory : .unknown }
    return last.total >= bytes ? .cache(last.number) : .partly(last.number)
  }
}

/// The place of arrays in the memory hierarchy.
public enum ArrayPlace: Equatable, Sendable {
  /// They are large compared with the caches.
  case memory
  /// They fit into the caches of this level.
  case cache(Int)
  /// They are too large for the caches of this level, and too small for the bandwidth to be that of memory.
  case partly(Int)
  /// The system reports no caches.
  case unknown
}
