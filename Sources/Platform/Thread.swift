import CPlatform

/// A POSIX thread.
public struct Thread: Sendable {
  private let identifier: UInt

  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Creates a thread, which runs the body at once.
  ///
  /// - Throws: `SystemError`, for example when the process may have no more threads.
  public init(_ body: @escaping @Sendable () -> Void) throws(SystemError) {
    let context = Unmanaged.passRetained(Body(body))
    var identifier: UInt = 0
    let code = scaleup_start_thread(
      &identifier, { Unmanaged<Body>.fromOpaque($0).takeRetainedValue().run() }, context.toOpaque())
    if code != 0 {
      context.release()
      throw SystemError(operation: "create a thread", code: code)
    }
    self.identifier = identifier
  }

  /// Finds out whether Dispatch's pool, on which Swift's tasks run too, gets the threads that it wants. Where it does not,
  /// it waits for them for ever, or crashes.
  ///
  /// - Throws: `SystemError` where it does not.
  public static func probePool() throws(SystemError) {
    // One a CPU, those that Dispatch needs for itself, and one whose stack is room for what all of them allocate.
    let own = 4
    let allowed = Int(scaleup_affinity_count())
    let cpus = allowed > 0 ? allowed : sysconf(Int32(_SC_NPROCESSORS_ONLN))
    let code = scaleup_try_threads(Int32(clamping: max(1, cpus) + own))
    if code != 0 { throw SystemError(operation: "create a thread", code: code) }
  }

  /// Waits until the thread has ended; to be called once.
  public func join() {
    scaleup_join_thread(identifier)
  }
}

/// The processor as the calling thread sees it.
public enum Processor {
  /// The core that the calling thread runs on; `nil` where the system does not tell.
  public static func currentCore() -> Int? {
    let core = Int(scaleup_current_core())
    return core < 0 ? nil : core
  }
}
