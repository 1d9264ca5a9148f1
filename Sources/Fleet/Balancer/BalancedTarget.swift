import HTTP
import Platform
import Records

/// A target of a balancer.
final class BalancedTarget {
  let name: String
  let address: String
  let port: Int
  /// The header that says which target answered.
  let servedBy: HeaderBlock
  /// The request of a health check, as it is sent.
  let checkRequest: [UInt8]
  var health: TargetHealth
  /// The number of the health check that runs; `nil` if none does.
  var check: UInt64?
  /// The connections without a request. The one that was used last is used next.
  var idle: [TargetConnection] = []
  /// The requests in flight.
  var inFlight = 0
  /// The requests that it answered, whatever the status.
  var answered: UInt64 = 0
  /// The requests that it failed: broken connections, late answers, statuses from 500.
  var failed: UInt64 = 0
  /// Whether it was removed.
  var isRemoved = false

  /// Creates a target whose first check is due at once.
  ///
  /// - Throws: `BalancerError`.
  init(
    _ name: String, address: String, port: Int, check: HealthCheckSettings, at now: UInt64
  ) throws(BalancerError) {
    guard Self.isName(name) else { throw .invalidName(name) }
    guard isAddress(address) else { throw .invalidAddress(address) }
    (self.name, self.address, self.port) = (name, address, port)
    do throws(HeaderBlock.Problem) {
      servedBy = try HeaderBlock(["X-Served-By": name])
    } catch {
      throw .invalidName(name)
    }
    var request: [UInt8] = []
    do throws(RequestWriter.Problem) {
      try RequestWriter(host: socketName(address, port)).append(
        "GET", check.path, closes: true, into: &request)
    } catch {
      throw .invalidPath(check.path)
    }
    checkRequest = request
    health = TargetHealth(check, at: now)
  }

  /// The target as its front describes it.
  ///
  /// - Parameter start: The time at which the front started.
  func status(since start: UInt64) -> FrontStatus.Target {
    FrontStatus.Target(
      name: name, state: health.state, since: health.since - min(start, health.since),
      problem: health.problem,
      inFlight: inFlight, answered: answered, failed: failed)
  }

  /// Returns whether a text can name a target in a header, a command and a table.
  static func isName(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
  }
}
