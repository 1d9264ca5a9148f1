import Platform

/// The signals that arrive while a fleet runs, kept until they are handled.
final class FleetSignals {
  private let pipe: SignalPipe
  private var pending: [Int32] = []

  /// Creates the signals of a pipe, whose only reader this is.
  init(_ pipe: SignalPipe) { self.pipe = pipe }

  /// The descriptor that becomes readable when a signal has arrived.
  var descriptor: Descriptor { pipe.descriptor }

  /// Whether signals were received and not handled, of which the descriptor says nothing any more.
  var hasPending: Bool { !pending.isEmpty }

  /// The request to end among the signals that were not handled; `nil` if there is none.
  var endRequest: Int32? {
    pending += pipe.take()
    return pending.first(where: SignalPipe.endRequests.contains)
  }

  /// Returns the signals that were not handled, in order, which counts as handling them.
  func take() -> [Int32] {
    defer { pending = [] }
    return pending + pipe.take()
  }
}
