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

  /// Waits until the thread has ended; to be called once.
  public func join() {
    scaleup_join_thread(identifier)
  }
}
