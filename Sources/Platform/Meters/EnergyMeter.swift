/// Reads the energy counters of a machine: those of the processor packages and, if there are any, of memory.
///
/// On Linux they are the zones of the power capping framework, whose driver `intel_rapl` serves Intel's and AMD's
/// processors (Linux, `Documentation/power/powercap/powercap.rst`). A counter begins anew when it has reached its range.
public struct EnergyMeter: Sendable {
  /// The part of a machine that a counter covers.
  enum Part: Sendable {
    /// A processor package: its cores, caches, memory controller and graphics.
    case processor
    /// The memory of a package, which its package does not include.
    case memory
    /// The whole machine, with its processors and memory.
    case platform
  }

  /// A counter.
  struct Zone: Equatable, Sendable {
    /// The name, such as `package-0` or `package-0/dram`.
    let name: String
    /// The path of the file with the counter.
    let file: String
    /// The greatest value of the counter, in microjoules.
    let range: UInt64
    /// The part of the machine that it covers.
    let part: Part
  }

  /// The values of all counters at one moment.
  public struct Reading: Equatable, Sendable {
    /// The time of the reading in nanoseconds, by any clock.
    public let time: UInt64
    fileprivate let values: [UInt64]
  }

  /// The most power of one counter, in microjoules per nanosecond, which are kilowatts. Large processors use 0.5 kW.
  private static let mostPower: UInt64 = 1

  private let tree: FileTree
  private let zones: [Zone]

  /// Finds the counters of a machine.
  ///
  /// - Parameter tree: The file tree that contains `sys`.
  /// - Throws: `EnergyError` if there are none, or if one of them is unreadable.
  public init(from tree: FileTree = .machine) throws(EnergyError) {
    self.tree = tree
    zones = try Self.zones(in: tree)
  }

  /// The names of the counters, such as `package-0` and `package-0/dram`.
  public var names: [String] { zones.map(\.name) }

  /// Returns the current values of the counters; `nil` if one of them became unreadable.
  ///
  /// - Parameter time: The current time in nanoseconds, by any clock.
  public func read(at time: UInt64) -> Reading? {
    let values = zones.compactMap { zone in Self.value(of: zone.file, upTo: zone.range, in: tree) }
    return values.count == zones.count ? Reading(time: time, values: values) : nil
  }

  /// Returns the energy that was used between two readings of this meter; `nil` if so much time passed that a counter
  /// may have begun anew more than once.
  public func energy(from earlier: Reading, to later: Reading) -> EnergyUse? {
    guard later.time >= earlier.time else { return nil }
    var sums: [Part: UInt64] = [:]
    for (zone, (before, after)) in zip(zones, zip(earlier.values, later.values)) {
      guard later.time - earlier.time < zone.range / Self.mostPower else { return nil }
      sums[zone.part, default: 0] += after >= before ? after - before : after + (zone.range - before)
    }
    return EnergyUse(processor: sums[.processor], memory: sums[.memory], platform: sums[.platform])
  }

  /// Returns the number in a file; `nil` if there is none in the range.
  static func value(of file: String, upTo range: UInt64, in tree: FileTree) -> UInt64? {
    tree.number(file).flatMap { UInt64(exactly: $0) }.flatMap { $0 <= range ? $0 : nil }
  }
}

/// Energy that was used, in microjoules, by part of the machine; a part that is not counted is `nil`.
public struct EnergyUse: Equatable, Sendable {
  /// The energy of all processor packages. It excludes memory.
  public var processor: UInt64?
  /// The energy of memory.
  public var memory: UInt64?
  /// The energy of the whole machine; counted only if the packages are not.
  public var platform: UInt64?

  /// Creates an amount of energy.
  public init(processor: UInt64? = nil, memory: UInt64? = nil, platform: UInt64? = nil) {
    self.processor = processor
    self.memory = memory
    self.platform = platform
  }

  /// Returns the sum of the energy in two spans of time; a part is `nil` unless both have it.
  public static func + (one: EnergyUse, other: EnergyUse) -> EnergyUse {
    func sum(_ part: (EnergyUse) -> UInt64?) -> UInt64? {
      part(one).flatMap { first in part(other).map { first &+ $0 } }
    }
    return EnergyUse(processor: sum(\.processor), memory: sum(\.memory), platform: sum(\.platform))
  }
}

/// The reason that a machine's energy cannot be read.
public enum EnergyError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The operating system has no interface for it.
  case unsupported
  /// There are no counters.
  case absent(isVirtual: Bool)
  /// This user may not read the counters. Since Linux 5.10 only root may (CVE-2020-8694): they reveal what other
  /// programs compute.
  case forbidden
  /// A counter is unreadable for another reason, or has no valid value.
  case malformed(String)

  /// One clause with the reason, and the remedy if there is one.
  public var description: String {
    switch self {
    case .unsupported: "macOS offers no counters to programs (as root, see powermetrics)"
    case .absent(isVirtual: true): "no counters in /sys/class/powercap, as in most virtual machines"
    case .absent(isVirtual: false):
      "no counters in /sys/class/powercap (x86 needs the kernel module intel_rapl_msr; containers hide them)"
    case .forbidden:
      "only root may read the energy counters (as root: chmod a+r /sys/class/powercap/*/energy_uj)"
    case .malformed(let name): "the energy counter \(name) has no valid value"
    }
  }
}
