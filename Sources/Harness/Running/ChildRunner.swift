import Formatting
import Platform
import Records

/// Runs executables, with limits on its time and output.
public final class ChildRunner {
  /// The record of an executable that ran to its end.
  public struct Execution: Equatable, Sendable {
    /// The exit status, and the resources used by it and its children.
    public let ended: ChildProcess.Ended
    /// The monotonic time just before it was started, in nanoseconds.
    public let start: UInt64
    /// The time from its start to its end, in nanoseconds.
    public let wall: UInt64
    /// Its standard output; empty if it was not kept.
    public let output: String
    /// The hash of its standard output; `nil` unless only that was kept.
    public let outputHash: UInt64?
    /// The end of its standard error.
    public let error: String
    /// The activity of the machine meanwhile; `nil` if it was not recorded.
    public let activity: Activity?
    /// Whether this process was stopped meanwhile and continued. The times are then void.
    public let wasPaused: Bool
  }

  /// The reason an execution failed.
  public enum Failure: Error, Equatable, Sendable {
    /// A system call failed.
    case system(SystemError)
    /// It exceeded a time limit in nanoseconds and was killed; `error` is the end of its standard error.
    case timeout(UInt64, error: String = "")
    /// It exceeded a limit of its output in bytes and was killed.
    case tooMuchOutput(Int)
    /// A signal such as `SIGINT` interrupted the harness, and the executable was killed.
    case interrupted(Interruption)
  }

  /// Called about 10 times per second while an executable runs.
  public var onTick: (() -> Void)?

  /// Whether descendants of this process become its children when their parents end.
  private var adoptsOrphans = false

  private let signals: SignalPipe

  /// Makes a runner.
  ///
  /// - Parameter signals: The pipe for `SignalPipe.childEnded` and the signals that interrupt a run.
  public init(signals: SignalPipe) {
    self.signals = signals
  }

  /// Makes descendants of this process its children when their parents end, if the system can do that: what a command leaves
  /// behind can then be ended. Nothing else in this process may start children.
  public func adoptOrphans() {
    adoptsOrphans = Orphans.adopt()
  }

  /// Makes a runner that `SignalPipe.endRequests` interrupt.
  ///
  /// - Throws: `SystemError`.
  public convenience init() throws(SystemError) {
    self.init(signals: try SignalPipe(SignalPipe.endRequests + [SignalPipe.childEnded]))
  }

  /// Runs an executable in a process group of its own. No process of the group is left when this returns or throws.
  ///
  /// - Parameters:
  ///   - executable: Its path.
  ///   - arguments: Its arguments, without its name.
  ///   - withheld: The environment variables that it does not inherit.
  ///   - timeout: Its time limit in nanoseconds.
  ///   - outputLimit: The limit of its standard output in bytes.
  ///   - isLauncher: Whether it starts processes that only it can end. It then gets `SIGTERM` before `SIGKILL`.
  ///   - recorder: The recorder of the machine's activity meanwhile.
  /// While it runs, a request to stop (Ctrl-Z) stops its group too, until this process is continued.
  ///
  /// - Throws: `Failure`.
  public func run(
    _ executable: String, _ arguments: [String], withholding withheld: VariableNames = .none,
    timeout: UInt64, outputLimit: Int, isLauncher: Bool = false, recorder: ActivityRecorder? = nil
  ) throws(Failure) -> Execution {
    let launch = Launch(
      path: executable, arguments: arguments, withheld: withheld, output: .captured(limit: outputLimit),
      isLauncher: isLauncher)
    return try run(launch, timeout: timeout, recorder: recorder)
  }

  /// Runs a program in a process group of its own. No process of the group is left when this returns or throws.
  ///
  /// - Throws: `Failure`.
  func run(
    _ launch: Launch, timeout: UInt64, recorder: ActivityRecorder? = nil
  ) throws(Failure) -> Execution {
    try watching { (children: inout ChildWatches) throws(SystemError) in
      let child = try children.start(launch, timeout: timeout, recorder: recorder)
      try children.wait { $0[child].isOpen }
      return children.outcome(of: child)
    }
  }

  /// Calls a function that runs executables, and kills and reaps those that it leaves behind. While they run, a request to
  /// stop (Ctrl-Z) stops their groups too, until this process is continued.
  ///
  /// - Parameters:
  ///   - endsOrphans: Whether to end all that the executables leave behind, once the last of them has ended, if this process
  ///     adopts orphans.
  ///   - body: Starts executables, waits for them, and returns what came of them.
  /// - Throws: `Failure`.
  func watching<Value>(
    endsOrphans: Bool = false,
    _ body: (inout ChildWatches) throws(SystemError) -> Result<Value, Failure>
  ) throws(Failure) -> Value {
    let outcome: Result<Value, Failure>
    do throws(SystemError) {
      let pauses = [SignalPipe.stopRequest, SignalPipe.continued]
      try signals.add(pauses)
      defer { signals.remove(pauses) }
      var children = ChildWatches(
        signals, orphans: endsOrphans && adoptsOrphans ? Orphans() : nil, onTick: onTick)
      defer { children.kill() }
      outcome = try body(&children)
    } catch {
      outcome = .failure(.system(error))
    }
    return try outcome.get()
  }
}

/// An interruption of the harness by a signal such as `SIGINT`.
public struct Interruption: Error, Equatable, Sendable {
  /// The signal's number.
  public let signal: Int32

  /// Makes an interruption by a signal.
  public init(signal: Int32) {
    self.signal = signal
  }
}

extension ChildRunner.Failure {
  /// The reason as a predicate of the executable's name.
  var reason: String {
    switch self {
    case .system(let error):
      // Without the subject of the error: a saved run has no paths of this machine.
      "failed: \(SystemError(operation: error.operation, code: error.code))"
    case .timeout(let limit, _):
      "did not end within \(Readable.duration(nanoseconds: Double(limit))) and was killed"
    case .tooMuchOutput(let limit):
      "printed more than \(limit) bytes and was killed"
    case .interrupted(let interruption):
      "was killed because the run was interrupted by signal \(interruption.signal)"
    }
  }
}
