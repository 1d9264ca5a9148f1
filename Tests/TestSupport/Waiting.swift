#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A condition that did not come true in time.
public struct WaitTimeout: Error, CustomStringConvertible {
  /// The condition that was waited for, and how long.
  public let description: String

  /// Makes an error with its message.
  public init(description: String) {
    self.description = description
  }
}

/// Polls a condition every few milliseconds until it holds. The limit only ends a test that would hang.
///
/// - Parameters:
///   - event: The condition in words, for the failure message.
///   - limit: The longest time to wait.
///   - condition: Whether the event has happened.
/// - Throws: `WaitTimeout` if the condition still does not hold after `limit`; the errors of `condition`.
public func waitUntil(
  _ event: String, within limit: Duration = .seconds(60), _ condition: () throws -> Bool
) throws {
  let clock = ContinuousClock()
  let start = clock.now
  while try !condition() {
    if clock.now - start > limit { throw WaitTimeout(description: "\(event): not within \(limit)") }
    usleep(5_000)
  }
}
