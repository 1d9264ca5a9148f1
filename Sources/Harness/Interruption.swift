/// A signal that asked the harness to end.
public struct Interruption: Error, Equatable, Sendable {
  /// The signal's number.
  public let signal: Int32

  /// An interruption by a signal.
  public init(signal: Int32) {
    self.signal = signal
  }
}
