import HTTP
import Platform

/// A health check that runs, over a connection of its own.
final class HealthCheck: WatchedConnection {
  let descriptor: Descriptor
  let target: BalancedTarget
  var token: UInt64 = 0
  var interest = EventQueue.Interest.writing
  var interestChanged: UInt64 = 0
  /// The number of bytes of the request that were sent.
  var sent = 0
  var parser = ResponseParser()
  /// The bytes of an incomplete head.
  var kept: [UInt8] = []

  /// Creates a check over a connection that is being opened.
  init(_ descriptor: Descriptor, of target: BalancedTarget) {
    (self.descriptor, self.target) = (descriptor, target)
  }
}

/// Health checks.
extension Balancer {
  /// Begins the checks that are due, and ends those that take too long.
  func check() {
    nextCheck = .max
    for target in targets {
      if target.health.isLate(at: now) {
        end(target, "no answer within \(Self.duration(settings.check.timeout))")
      }
      if target.health.isDue(at: now) { beginCheck(of: target) }
      nextCheck = min(nextCheck, target.health.nextEvent ?? .max)
    }
  }

  /// Gives up the checks in flight and lets all begin anew.
  func restartChecks() {
    for target in targets {
      endCheck(of: target)
      target.health.resume(at: now)
    }
    nextCheck = now
  }

  private func beginCheck(of target: BalancedTarget) {
    target.health.begin(at: now)
    do throws(SystemError) {
      let descriptor = try Descriptor.connecting(to: target.address, port: target.port)
      let check = HealthCheck(descriptor, of: target)
      check.token = slots.insert(.check(check))
      target.check = check.token
      try queue.watch(descriptor, as: check.token, for: .writing)
    } catch {
      let failure = ConnectionFailure(code: error.code)
      if failure != .localLimit { return end(target, Self.problem(failure)) }
      // This machine could not carry it out: the target is not to blame.
      endCheck(of: target)
      target.health.abandonCheck()
    }
  }

  func advance(_ check: HealthCheck, _ event: EventQueue.Event) {
    let code = check.sent == 0 ? check.descriptor.connectionError() : 0
    if code != 0 { return end(check.target, Self.problem(ConnectionFailure(code: code))) }
    let request = check.target.checkRequest
    if event.isWritable, check.sent < request.count {
      let transfer = request.withUnsafeBytes {
        check.descriptor.send(UnsafeRawBufferPointer(rebasing: $0[check.sent...]))
      }
      switch transfer {
      case .bytes(let count): check.sent += count
      case .wouldBlock: break
      case .ended(let code): return end(check.target, Self.problem(ConnectionFailure(code: code)))
      }
      if check.sent == request.count, !change(check, to: .reading) { endCheck(of: check.target) }
    } else if event.isReadable {
      receive(for: check)
    }
  }

  private func receive(for check: HealthCheck) {
    switch check.descriptor.receive(into: buffer) {
    case .wouldBlock: return
    case .ended: return end(check.target, "connection closed before the answer")
    case .bytes(let count): check.kept.append(contentsOf: buffer[..<count])
    }
    while true {
      switch check.parser.nextHead(check.kept.span.bytes, answering: .get) {
      case .needsMore: return
      case .interim(_, let length): check.kept.removeSubrange(..<length)
      case .failure(let error): return end(check.target, "malformed answer: \(error)")
      case .head(let head, _, _):
        let status = head.status.rawValue
        return end(check.target, status < 400 ? nil : "status \(status)")
      }
    }
  }

  /// Ends the check of a target, and notes if its state changes.
  ///
  /// - Parameter problem: The reason that it failed; `nil` if it is good.
  private func end(_ target: BalancedTarget, _ problem: String?) {
    endCheck(of: target)
    if target.health.end(problem, at: now) { note(target) }
  }

  /// Closes the connection of a target's check, if one runs.
  func endCheck(of target: BalancedTarget) {
    if let check = target.check { slots.remove(check) }
    target.check = nil
  }

  private static func problem(_ failure: ConnectionFailure) -> String {
    switch failure {
    case .refused: "connection refused"
    case .timedOut: "connection timed out"
    case .localLimit: "no descriptor or port left"
    case .reset, .unconnected: "connection broken"
    }
  }

  /// Returns a duration in whole milliseconds as text.
  static func duration(_ nanoseconds: UInt64) -> String {
    let milliseconds = nanoseconds / 1_000_000
    return milliseconds % 1000 == 0 ? "\(milliseconds / 1000) s" : "\(milliseconds) ms"
  }
}
