import CPlatform

/// The priority of this process and its soft limits on resources, which its children inherit. A limit is `nil` if there is
/// none.
public struct ProcessLimits: Equatable, Sendable {
  /// The nice level, from -20 (first) to 19 (last); `nil` if the system does not report it.
  public var nice: Int?
  /// The scheduling policy, such as `other`, `batch` or `fifo`; `nil` if the system does not report it.
  public var policy: String?
  /// The size of a thread's stack in bytes (`ulimit -s`).
  public var stack: UInt64?
  /// The size of the address space in bytes (`ulimit -v`).
  public var addressSpace: UInt64?
  /// The number of processes and threads of the user (`ulimit -u`).
  public var processes: UInt64?
  /// The number of open files (`ulimit -n`).
  public var openFiles: UInt64?
  /// The CPU time in seconds (`ulimit -t`).
  public var cpuTime: UInt64?

  /// Returns the priority and the limits of the calling process.
  public static func ofThisProcess() -> ProcessLimits {
    var nice: Int32 = 0
    let knowsNice = scaleup_nice(&nice) == 0
    return ProcessLimits(
      nice: knowsNice ? Int(nice) : nil, policy: scaleup_scheduling_policy().map { String(cString: $0) },
      stack: limit(SCALEUP_STACK), addressSpace: limit(SCALEUP_ADDRESS_SPACE),
      processes: limit(SCALEUP_PROCESSES), openFiles: limit(SCALEUP_OPEN_FILES),
      cpuTime: limit(SCALEUP_CPU_TIME))
  }

  private static func limit(_ resource: scaleup_resource) -> UInt64? {
    let value = scaleup_soft_limit(resource)
    return value == .max ? nil : value
  }
}
