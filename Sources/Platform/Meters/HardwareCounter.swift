import CPlatform

/// An event that the kernel can count for a process and its descendants, beyond what it accounts for every
/// process.
public enum HardwareCounter: String, CaseIterable, Sendable {
  /// CPU cycles in user mode.
  case cycles
  /// Instructions completed in user mode.
  case instructions
  /// Migrations of a thread from one core to another.
  case migrations
  /// Context switches.
  case contextSwitches
  /// Nanoseconds spent running on a core.
  case taskClock

  /// The counter's constant in CPlatform.
  var number: scaleup_counter {
    switch self {
    case .cycles: SCALEUP_CYCLES
    case .instructions: SCALEUP_INSTRUCTIONS
    case .migrations: SCALEUP_MIGRATIONS
    case .contextSwitches: SCALEUP_CONTEXT_SWITCHES
    case .taskClock: SCALEUP_TASK_CLOCK
    }
  }
}

/// The reason the kernel cannot count an event.
public enum CounterError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The processor, or the virtual machine, does not provide the counter.
  case unsupported
  /// Only privileged processes may count, because of this value of `kernel.perf_event_paranoid`.
  case paranoid(Int)
  /// The system call is blocked, for example by the filter of a container.
  case forbidden
  /// The kernel was built without counters.
  case noKernelSupport
  /// Another error, with its `errno`.
  case other(Int32)

  /// Creates the reason that an `errno` of `perf_event_open` stands for.
  ///
  /// - Parameter paranoid: The value of `kernel.perf_event_paranoid`. At 2 and above, only root may count
  ///   kernel events; at 3 and above (Debian and Ubuntu), only root may count at all.
  init(code: Int32, paranoid: Int?) {
    self =
      switch code {
      case ENOENT, EOPNOTSUPP, ENODEV, ENXIO: .unsupported
      case ENOSYS: .noKernelSupport
      case EACCES, EPERM:
        if let paranoid, paranoid >= 2 { .paranoid(paranoid) } else { .forbidden }
      default: .other(code)
      }
  }

  /// One clause with the reason, and the remedy if there is one.
  public var description: String {
    switch self {
    case .unsupported: "this processor provides no such counter, which is common in virtual machines"
    case .paranoid(let level):
      "only privileged processes may use counters: kernel.perf_event_paranoid is \(level) "
        + "(as root: sysctl kernel.perf_event_paranoid=1)"
    case .forbidden:
      "perf_event_open is blocked, as in most containers (grant the capability CAP_PERFMON)"
    case .noKernelSupport: "this kernel was built without performance counters"
    case .other(let code): "perf_event_open failed: \(String(cString: strerror(code))) (errno \(code))"
    }
  }
}
