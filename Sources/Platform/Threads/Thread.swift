import CPlatform

/// A POSIX thread.
public struct Thread: Sendable {
  private let identifier: UInt

  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Creates a thread that runs the body. It prefers fast cores, as `Processor.preferFastCores` says.
  ///
  /// - Throws: `SystemError`, for example if the process reached its limit on threads.
  public init(_ body: @escaping @Sendable () -> Void) throws(SystemError) {
    let context = Unmanaged.passRetained(Body(body))
    var identifier: UInt = 0
    let code = scaleup_start_thread(
      &identifier, { Unmanaged<Body>.fromOpaque($0).takeRetainedValue().run() }, context.toOpaque())
    if code != 0 {
      context.release()
      throw Self.refusal(code)
    }
    self.identifier = identifier
  }

  /// Checks that Dispatch's pool, which also runs Swift's tasks, can create its threads. If it cannot, it
  /// waits for them forever or crashes.
  ///
  /// - Throws: `SystemError` if it cannot.
  public static func probePool() throws(SystemError) {
    // One thread per CPU, those that Dispatch needs for itself, and one whose stack leaves room for their
    // allocations. All have a stack of the default size: Dispatch asks for no other.
    let own = 4
    let allowed = Int(scaleup_affinity_count())
    let cpus = allowed > 0 ? allowed : sysconf(Int32(_SC_NPROCESSORS_ONLN))
    let code = scaleup_try_threads(Int32(clamping: max(1, cpus) + own))
    if code != 0 { throw refusal(code) }
  }

  private static func refusal(_ code: Int32) -> SystemError {
    code == ENOMEM
      ? SystemError(stackSize: scaleup_thread_stack()) : SystemError(operation: "create a thread", code: code)
  }

  /// Lets the thread's resources be released when it exits. Call it instead of `join()`.
  public func detach() {
    scaleup_detach_thread(identifier)
  }

  /// Waits until the thread has exited. Call it once.
  public func join() {
    scaleup_join_thread(identifier)
  }
}

/// The processor of the calling thread.
public enum Processor {
  /// Returns the core that the calling thread runs on; `nil` if the system does not report it.
  public static func currentCore() -> Int? {
    let core = Int(scaleup_current_core())
    return core < 0 ? nil : core
  }

  /// Whether this system lets programs choose the CPUs that they run on.
  public static var canBind: Bool { scaleup_affinity_count() > 0 }

  /// The operation of `bind(to:)`, as its errors name it.
  public static let binding = "move a thread to"

  /// Moves the calling thread to some CPUs, where it stays. Threads that it creates later stay there too.
  ///
  /// - Throws: `SystemError`, for example if none of the CPUs is online.
  public static func bind(to cpus: [Int]) throws(SystemError) {
    let numbers = cpus.map { Int32(clamping: $0) }
    if scaleup_bind_thread(numbers, Int32(clamping: numbers.count)) != 0 {
      throw SystemError(
        operation: binding, subject: "CPU \(CPUList.text(of: cpus))", code: scaleup_errno())
    }
  }

  /// Asks for the calling thread, and for the threads of Dispatch's pool that help it, to run on fast cores.
  ///
  /// On Darwin this is the user-interactive quality of service: its threads get performance cores first. On other systems it
  /// does nothing.
  public static func preferFastCores() {
    scaleup_prefer_fast_cores()
  }

  /// The priority of tasks that do the same; `nil`, the default, on other systems.
  public static var fastPriority: TaskPriority? {
    #if canImport(Darwin)
      // The value of QOS_CLASS_USER_INTERACTIVE.
      TaskPriority(rawValue: 0x21)
    #else
      nil
    #endif
  }
}
