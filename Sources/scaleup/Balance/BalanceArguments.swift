import Arguments
import Fleet
import Platform

/// The arguments of `scaleup balance`.
struct BalanceArguments {
  let address: String
  let port: Int
  let targets: TargetArguments
  let settings: BalancerSettings
  let isJSON: Bool
  let isQuiet: Bool

  /// - Throws: `UsageError`.
  init(_ line: inout ArgumentLine) throws(UsageError) {
    line.group("Where to listen")
    port = line.value(of: SuiteOptions.port) ?? 8080
    address = line.value(of: SuiteOptions.address { isAddress($0) }) ?? "127.0.0.1"
    line.group("Where to forward")
    targets = try TargetArguments(&line, to: "forward to")
    var settings = BalancerSettings()
    settings.balancing = line.value(of: Self.balancing) ?? .leastOutstanding
    settings.answerTime = line.value(of: Self.timeout)?.nanoseconds ?? settings.answerTime
    settings.check = try HealthCheckArguments(&line).settings
    self.settings = settings
    line.group("Output")
    isJSON = line.has(SuiteOptions.serviceRecord)
    isQuiet = line.has(Notes.quiet)
    try targets.check()
  }

  private static let balancing = Option<Balancing>(
    "balancing", "RULE", .choice(of: Balancing.allCases),
    help: "choice of the server: round-robin or least-outstanding requests (default: least-outstanding)")
  private static let timeout = SuiteOptions.timeout(
    "time without a byte from the server after which a request fails (default: 30s)")
}
