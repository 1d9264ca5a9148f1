import Platform

/// The first connection of a run, which shows whether a server listens at all.
enum FirstConnection {
  /// The result of opening it.
  enum Outcome {
    case open(Handover)
    case interrupted(Int32)
  }

  /// Opens the connection, and waits until it is established.
  ///
  /// - Parameters:
  ///   - timeout: The longest wait in nanoseconds.
  ///   - signals: The signals that end the wait.
  /// - Throws: `LoadError`.
  static func open(to target: LoadTarget, timeout: UInt64, signals: SignalPipe?) throws(LoadError) -> Outcome
  {
    let name = socketName(target.address, target.port)
    do throws(SystemError) {
      let descriptor = try Descriptor.connecting(to: target.address, port: target.port)
      let queue = try EventQueue()
      try queue.watch(descriptor, as: 0, for: .writing)
      if let signals { try queue.watch(signals.descriptor, as: 1) }
      let deadline = Clock.monotonic.now() + timeout
      while true {
        var (isReady, hasSignal) = (false, false)
        let now = Clock.monotonic.now()
        try queue.wait(for: deadline - min(now, deadline)) { event in
          if event.token == 0 { isReady = true } else { hasSignal = true }
        }
        if isReady {
          let code = descriptor.connectionError()
          if code == 0 { return .open(Handover(descriptor)) }
          throw SystemError(operation: "connect to", subject: name, code: code)
        }
        if hasSignal, let signal = signals?.take().first(where: SignalPipe.endRequests.contains) {
          return .interrupted(signal)
        }
        if now >= deadline { break }
      }
    } catch {
      throw .cannotConnect(error)
    }
    throw .noConnection(name, timeout: timeout)
  }

  /// A connection that one thread leaves to another.
  ///
  /// `@unchecked Sendable`: only the first generator's thread takes the connection, after the thread that opened it has started
  /// that. Nobody keeps another reference, so that the connection is closed when its new owner closes it.
  final class Handover: @unchecked Sendable {
    private var descriptor: Descriptor?

    init(_ descriptor: Descriptor) {
      self.descriptor = descriptor
    }

    /// Returns the connection; `nil` if it was taken.
    func take() -> Descriptor? {
      defer { descriptor = nil }
      return descriptor
    }
  }
}
