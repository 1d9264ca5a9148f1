import Arguments
import Fleet
import Platform

/// The arguments of `scaleup balance`.
struct BalanceArguments {
  /// A target that is named on the command line.
  struct Target: Hashable {
    /// `nil` if it was given none.
    let name: String?
    let address: String
    let port: Int
  }

  let address: String
  let port: Int
  /// The targets, all with names.
  let targets: [(name: String, target: Target)]
  let settings: BalancerSettings
  let takesCommands: Bool
  let isJSON: Bool

  /// - Throws: `UsageError`.
  init(_ line: inout ArgumentLine) throws(UsageError) {
    line.group("Where to listen")
    port = line.value(of: Self.port) ?? 8080
    address = line.value(of: Self.address) ?? "127.0.0.1"
    line.group("Where to forward")
    let targets = line.values(of: Self.target)
    takesCommands = line.has(Self.control)
    var settings = BalancerSettings()
    settings.balancing = line.value(of: Self.balancing) ?? .leastOutstanding
    settings.answerTime = line.value(of: Self.timeout)?.nanoseconds ?? settings.answerTime
    line.group("Health checks")
    let path = line.value(of: Self.checkPath) ?? settings.check.path
    let interval = line.value(of: Self.interval)?.nanoseconds
    let timeout = line.value(of: Self.checkTimeout)?.nanoseconds
    let rise = line.value(of: Self.rise) ?? settings.check.rise
    let fall = line.value(of: Self.fall) ?? settings.check.fall
    line.group("Output")
    isJSON = line.has(Self.json)

    if targets.isEmpty, !takesCommands {
      throw .other("missing --target or --control (try --target 127.0.0.1:8081)")
    }
    let longest = interval ?? settings.check.interval
    if let timeout, timeout > longest {
      throw .other("--check-timeout exceeds the interval of the checks (try a longer --check-interval)")
    }
    settings.check = HealthCheckSettings(
      path: path, interval: longest, timeout: timeout ?? settings.check.timeout, rise: rise, fall: fall)
    self.settings = settings
    self.targets = try Self.named(targets)
  }

  /// Returns the targets with names: those without one are `t-1`, `t-2` and so on.
  private static func named(_ targets: [Target]) throws(UsageError) -> [(name: String, target: Target)] {
    var named: [(name: String, target: Target)] = []
    for (index, target) in targets.enumerated() {
      let name = target.name ?? "t-\(index + 1)"
      if named.contains(where: { $0.name == name }) {
        throw .other(
          "two targets have the name \(name) (give each a name of its own: --target NAME=ADDRESS:PORT)")
      }
      named.append((name, target))
    }
    return named
  }
}

extension BalanceArguments.Target {
  /// Reads `[NAME=]ADDRESS:PORT`; `nil` if a word is none.
  init?(_ word: String) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let socket = parts.last, let colon = socket.lastIndex(of: ":"),
      let port = Int(socket[socket.index(after: colon)...]), (1...65_535).contains(port)
    else { return nil }
    var address = String(socket[..<colon])
    if address.hasPrefix("["), address.hasSuffix("]") {
      address = String(address.dropFirst().dropLast())
    } else if address.contains(":") {
      return nil
    }
    guard isAddress(address) else { return nil }
    self.init(name: parts.count == 2 ? String(parts[0]) : nil, address: address, port: port)
    if let name, !Balancer.isTargetName(name) { return nil }
  }
}

/// The options.
extension BalanceArguments {
  private static let port = Option<Int>(
    "port", "PORT", .count(in: 0...65535, example: "8080"),
    help: "port to listen on; 0 lets the system choose (default: 8080)")
  private static let address = Option<String>(
    "address", "ADDRESS",
    Reader(
      expected: "a numeric address of this machine, such as 0.0.0.0 or ::1", example: "127.0.0.1",
      parse: { isAddress($0) ? $0 : nil }),
    help: "numeric address to listen on (default: 127.0.0.1, this machine only)")
  private static let target = Option<Target>(
    "target", "[NAME=]ADDRESS:PORT",
    Reader(
      expected: "a numeric address and a port, with a name before them if you like",
      example: "a=127.0.0.1:8081",
      parse: { Target($0) }),
    isRepeatable: true, help: "server to forward to; give it once per server (names: t-1, t-2, …)")
  private static let control = Flag(
    "control",
    help: "take commands from standard input: add NAME ADDRESS PORT, drain NAME, remove NAME, status")
  private static let balancing = Option<Balancing>(
    "balancing", "RULE", .choice(of: Balancing.allCases),
    help: "choice of the server: round-robin or least-outstanding requests (default: least-outstanding)")
  private static let timeout = SuiteOptions.timeout(
    "time without a byte from a server after which its request fails (default: 30)")
  private static let checkPath = Option<String>(
    "check-path", "PATH",
    Reader(
      expected: "a path such as /healthcheck", example: "/healthcheck",
      parse: { Balancer.isCheckPath($0) ? $0 : nil }),
    help: "path to request (default: /healthcheck)")
  private static let interval = Option<Seconds>(
    "check-interval", "SECONDS", .seconds(in: 0.01...3600, example: "5"),
    help: "time from the start of a check to that of the next (default: 5)")
  private static let checkTimeout = Option<Seconds>(
    "check-timeout", "SECONDS", .seconds(in: 0.01...3600, example: "2"),
    help: "time after which a check has failed (default: 2, at most the interval)")
  private static let rise = Option<Int>(
    "rise", "COUNT", .count(in: 1...100, example: "2"),
    help: "good checks in a row after which an unhealthy server is healthy (default: 2)")
  private static let fall = Option<Int>(
    "fall", "COUNT", .count(in: 1...100, example: "2"),
    help: "failed checks in a row after which a server is unhealthy (default: 2)")
  private static let json = Flag("json", help: "print one scaleup.service/1 record when ready")
}
