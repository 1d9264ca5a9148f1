import Formatting
import Platform
import Records

/// Runs one executable at a time and watches over it.
public final class ChildRunner {
  /// An executable that ran to its end.
  public struct Execution: Equatable, Sendable {
    /// How it ended, and what it and its children used.
    public let ended: ChildProcess.Ended
    /// From spawned to reaped, in nanoseconds.
    public let wall: UInt64
    /// What it printed on standard output.
    public let output: String
    /// The last that it printed on standard error.
    public let error: String
    /// What the machine did meanwhile; `nil` where it was not recorded.
    public let activity: Activity?
  }

  /// Why there is no execution.
  public enum Failure: Error, Equatable, Sendable {
    /// The system refused something.
    case system(SystemError)
    /// It had not ended after so many nanoseconds, and was killed; the last that it had printed on standard error.
    case timeout(UInt64, error: String = "")
    /// It printed more than so many bytes, and was killed.
    case tooMuchOutput(Int)
    /// A signal asked the harness to end; the executable was killed.
    case interrupted(Interruption)
  }

  /// Called about ten times a second while an executable runs.
  public var onTick: (() -> Void)?

  private static let tick: UInt64 = 100_000_000

  private let signals: SignalPipe

  /// Makes a runner.
  ///
  /// - Parameter signals: Carries `SignalPipe.childEnded` and the signals that interrupt.
  public init(signals: SignalPipe) {
    self.signals = signals
  }

  /// Makes a runner that is interrupted by the usual requests to end.
  ///
  /// - Throws: `SystemError`.
  public convenience init() throws(SystemError) {
    self.init(signals: try SignalPipe(SignalPipe.endRequests + [SignalPipe.childEnded]))
  }

  /// Runs an executable in a process group of its own. When this returns or throws, all of the group have been
  /// killed.
  ///
  /// - Parameters:
  ///   - executable: Its path.
  ///   - arguments: Its arguments, without its name.
  ///   - timeout: How many nanoseconds it may take.
  ///   - outputLimit: How many bytes it may print on standard output.
  ///   - isLauncher: Whether it starts processes that only it can end: then it is asked to end before it is killed.
  ///   - recorder: Records what the machine does meanwhile.
  /// - Throws: `Failure`.
  public func run(
    _ executable: String, _ arguments: [String], timeout: UInt64, outputLimit: Int, isLauncher: Bool = false,
    recorder: ActivityRecorder? = nil
  ) throws(Failure) -> Execution {
    let outcome: Result<Execution, Failure>
    do throws(SystemError) {
      var watch = try ChildWatch(
        executable, arguments, timeout: timeout, outputLimit: outputLimit, isLauncher: isLauncher,
        recorder: recorder)
      defer { watch.clearAway() }
      var nextTick = Clock.monotonic.now() + Self.tick
      while watch.isOpen {
        try watch.waitForSomething(signals)
        let now = Clock.monotonic.now()
        if now >= nextTick {
          nextTick = now + Self.tick
          onTick?()
        }
      }
      outcome = watch.outcome
    } catch {
      outcome = .failure(.system(error))
    }
    return try outcome.get()
  }
}

/// A signal that asked the harness to end.
public struct Interruption: Error, Equatable, Sendable {
  /// The signal's number.
  public let signal: Int32

  /// An interruption by a signal.
  public init(signal: Int32) {
    self.signal = signal
  }
}

extension ChildRunner.Failure {
  /// What the executable did, or what happened to it; reads on after its name.
  var reason: String {
    switch self {
    case .system(let error):
      // Without what it was done to: a saved run tells no path of this machine.
      "could not be run: \(SystemError(operation: error.operation, code: error.code))"
    case .timeout(let limit, _):
      "had not ended after \(Readable.duration(nanoseconds: Double(limit))) and was killed"
    case .tooMuchOutput(let limit):
      "printed more than \(limit) bytes and was killed"
    case .interrupted(let interruption):
      "was killed because the run was interrupted by signal \(interruption.signal)"
    }
  }
}
