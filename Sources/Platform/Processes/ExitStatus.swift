import CPlatform

/// The way a process ended.
public enum ExitStatus: Equatable, Sendable, CustomStringConvertible {
  /// The process exited with this status.
  case exited(Int32)
  /// This signal killed the process.
  case signaled(Int32)

  /// Creates an exit status from the value that `wait4` stores.
  init(waitStatus: Int32) {
    self =
      scaleup_signaled(waitStatus)
      ? .signaled(scaleup_term_signal(waitStatus)) : .exited(scaleup_exit_status(waitStatus))
  }

  /// The name of the signal that killed the process, such as `SIGKILL`; `nil` if it exited.
  public var signalName: String? {
    guard case .signaled(let number) = self else { return nil }
    guard let name = scaleup_signal_name(number) else { return "signal \(number)" }
    return "SIG" + String(cString: name).uppercased()
  }

  /// A phrase such as `exited with status 1` or `was killed by SIGKILL`.
  public var description: String {
    switch self {
    case .exited(let status): "exited with status \(status)"
    case .signaled(let number): "was killed by \(signalName ?? "signal \(number)")"
    }
  }
}
