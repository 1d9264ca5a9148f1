import CPlatform

/// What the kernel can count for a process and its descendants beside what it accounts for every process.
public enum HardwareCounter: String, CaseIterable, Sendable {
  /// Cycles of the cores in user mode.
  case cycles
  /// Instructions completed in user mode.
  case instructions
  /// Moves of a thread from one core to another.
  case migrations
  /// Times that a core went from one thread to another.
  case contextSwitches
  /// Nanoseconds on a core.
  case taskClock

  /// The name by which the C part knows it.
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

/// Why the kernel does not count something.
public enum CounterRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  /// The processor, or the virtual machine, has no such counter.
  case notThere
  /// Only privileged processes may count: `perf_event_paranoid` is so high.
  case paranoid(Int)
  /// Something forbids the system call, such as the filter of a container.
  case forbidden
  /// The kernel was built without counters.
  case noKernelSupport
  /// Something else: the `errno`.
  case other(Int32)

  /// The refusal that an `errno` of `perf_event_open` stands for.
  ///
  /// - Parameter paranoid: The kernel's setting; 2 and more keep others than root from counting what the kernel does,
  ///   3 and more (of Debian and Ubuntu) from counting anything.
  init(code: Int32, paranoid: Int?) {
    self =
      switch code {
      case ENOENT, EOPNOTSUPP, ENODEV, ENXIO: .notThere
      case ENOSYS: .noKernelSupport
      case EACCES, EPERM:
        if let paranoid, paranoid >= 2 { .paranoid(paranoid) } else { .forbidden }
      default: .other(code)
      }
  }

  /// One clause in plain words, with the remedy where there is one.
  public var description: String {
    switch self {
    case .notThere: "the processor shows no such counters here, as in most virtual machines"
    case .paranoid(let level):
      "only privileged processes may count here (kernel.perf_event_paranoid is \(level)); "
        + "as root: sysctl kernel.perf_event_paranoid=1"
    case .forbidden:
      "perf_event_open is forbidden here, as in most containers; allow it with the capability CAP_PERFMON"
    case .noKernelSupport: "this kernel cannot count"
    case .other(let code): "perf_event_open failed: \(String(cString: strerror(code))) (errno \(code))"
    }
  }
}
