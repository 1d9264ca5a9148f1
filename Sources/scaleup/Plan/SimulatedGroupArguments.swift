import Arguments
import Simulation

/// The options of simulated instances and of what may happen to them. Times are in seconds.
struct SimulatedGroupArguments {
  /// The names of the options.
  static let names = [
    "start-up", "grace", "check-interval", "check-timeout", "check-count", "keep-overloaded", "drain", "mtbf",
    "zones",
    "zone-failure",
  ]

  private let startUp, grace, checkInterval: Double
  private let checkTimeout: Double?
  private let unhealthyChecks: Int
  private let keepsOverloaded: Bool
  private let drainTime: Double
  private let meanTimeBetweenFailures: Double?
  private let zones: Int
  private let zoneFailure: Double?

  init(_ line: inout ArgumentLine) {
    startUp = line.value(of: Self.startUp) ?? 60
    grace = line.value(of: Self.grace) ?? 300
    checkInterval = line.value(of: Self.checkInterval) ?? 30
    checkTimeout = line.value(of: Self.checkTimeout)
    unhealthyChecks = line.value(of: Self.checkCount) ?? 2
    keepsOverloaded = line.has(
      Flag(
        "keep-overloaded",
        help: "overloaded instances get no requests until 5 good checks, but are not replaced"))
    drainTime = line.value(of: Self.drain) ?? 300
    meanTimeBetweenFailures = line.value(of: Self.failures)
    zones = line.value(of: Self.zones) ?? 1
    zoneFailure = line.value(of: Self.zoneFailure)
  }

  /// Checks that the options do not contradict each other.
  ///
  /// - Throws: `UsageError`.
  func check() throws(UsageError) {
    if zoneFailure != nil, zones < 2 { throw .other("--zone-failure needs at least 2 zones (add --zones 2)") }
    if let checkTimeout, checkTimeout > checkInterval {
      throw .other("--check-timeout is over --check-interval (give a shorter timeout)")
    }
    if keepsOverloaded, checkTimeout == nil {
      throw .other("--keep-overloaded has no effect without --check-timeout (add --check-timeout 5s)")
    }
  }

  /// Sets what the options say.
  func set(_ group: inout ServiceGroup) {
    (group.startUp, group.grace, group.checkInterval) = (startUp, grace, checkInterval)
    (group.unhealthyChecks, group.checkTimeout) = (unhealthyChecks, checkTimeout)
    group.replacesOverloaded = !keepsOverloaded
    (group.drainTime, group.zones) = (drainTime, zones)
    (group.zoneFailure, group.meanTimeBetweenFailures) = (zoneFailure, meanTimeBetweenFailures)
  }
}

extension SimulatedGroupArguments {
  private static let startUp = time("start-up", "60s", "time from launch until an instance can answer")
  private static let grace = time(
    "grace", "300s", "time after launch before failed checks cause a replacement")
  private static let checkInterval = Option<Double>(
    "check-interval", "TIME", .time(in: 0.1...86_400, example: "30s"),
    help: "time between health checks (default: 30s)")
  private static let checkTimeout = Option<Double>(
    "check-timeout", "TIME", .time(in: 0.001...86_400, example: "5s"),
    help: "time after which a check that waits behind requests has failed (default: checks do not wait)")
  private static let checkCount = Option<Int>(
    "check-count", "COUNT", .count(in: 1...1000, example: "2"),
    help: "failed checks until an instance is replaced (default: 2)")
  private static let drain = time("drain", "300s", "time limit of an instance's last requests")
  private static let failures = Option<Double>(
    "mtbf", "TIME", .time(in: 1...864e9, example: "30d"),
    help: "mean time between failures of an instance (default: no failures)")
  private static let zones = Option<Int>(
    "zones", "COUNT", .count(in: 1...100, example: "3"),
    help: "zones that instances are spread over (default: 1)")
  private static let zoneFailure = Option<Double>(
    "zone-failure", "TIME", .time(in: 0...864e6, example: "12h"),
    help: "time at which a zone fails (default: never)")

  private static func time(_ name: String, _ standard: String, _ help: String) -> Option<Double> {
    Option(name, "TIME", .time(in: 0...8_640_000, example: standard), help: "\(help) (default: \(standard))")
  }
}
