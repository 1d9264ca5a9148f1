import Arguments
import Fleet
import HTTP
import Platform

/// The arguments of `scaleup jobs`.
struct JobsArguments {
  let settings: JobSettings
  let isJSON: Bool
  let isQuiet: Bool

  /// - Throws: `UsageError`.
  init(_ line: inout ArgumentLine) throws(UsageError) {
    line.group("Where to listen")
    let port = line.value(of: Self.port) ?? 8080
    let address = line.value(of: Self.address) ?? "127.0.0.1"
    line.group("Where jobs are kept")
    let journal = line.value(of: Self.journal)
    let redis = line.value(of: Self.redis)
    line.group("Which servers do the jobs")
    let targets = line.values(of: Self.target)
    let isControlled = line.has(Self.control)
    let inHand = line.value(of: Self.inHand)
    let attempts = line.value(of: Self.attempts)
    let timeout = line.value(of: Self.timeout)?.nanoseconds
    line.group("Health checks")
    let usual = HealthCheckSettings()
    let path = line.value(of: Self.checkPath) ?? usual.path
    let interval = line.value(of: Self.interval)?.nanoseconds ?? usual.interval
    let checkTimeout = line.value(of: Self.checkTimeout)?.nanoseconds
    let rise = line.value(of: Self.rise) ?? usual.rise
    let fall = line.value(of: Self.fall) ?? usual.fall
    line.group("Output")
    isJSON = line.has(Self.json)
    isQuiet = line.has(Notes.quiet)

    if journal != nil, redis != nil {
      throw .other("--journal has no effect with --redis (expected one of them)")
    }
    if targets.isEmpty, !isControlled {
      throw .other("missing --target or --control (try --target 127.0.0.1:8081)")
    }
    if let checkTimeout, checkTimeout > interval {
      throw .other("--check-timeout exceeds the interval of the checks (try a longer --check-interval)")
    }
    var settings = JobSettings(
      checks: HealthCheckSettings(
        path: path, interval: interval, timeout: checkTimeout ?? usual.timeout, rise: rise, fall: fall))
    (settings.address, settings.port) = (address, port)
    settings.storage = redis.map { .redis($0) } ?? journal.map { .journal($0) } ?? .memory
    settings.targets = targets.enumerated().map { ("t-\($0 + 1)", $1.address, $1.port) }
    settings.isControlled = isControlled
    settings.inHand = inHand ?? settings.inHand
    settings.attempts = attempts ?? settings.attempts
    settings.timeout = timeout ?? settings.timeout
    self.settings = settings
  }

  /// A server that is named on the command line.
  struct Target: Hashable {
    let address: String
    let port: Int

    /// Reads `ADDRESS:PORT`; `nil` if a word is none.
    init?(_ word: String) {
      guard let colon = word.lastIndex(of: ":"), let port = Int(word[word.index(after: colon)...]),
        (1...65_535).contains(port)
      else { return nil }
      var address = word[..<colon]
      if address.first == "[", address.last == "]" {
        address = address.dropFirst().dropLast()
      } else if address.contains(":") {
        return nil
      }
      guard isAddress(String(address)) else { return nil }
      (self.address, self.port) = (String(address), port)
    }
  }
}

/// The options.
extension JobsArguments {
  private static let port = Option<Int>(
    "port", "PORT", .count(in: 0...65535, example: "8080"),
    help: "port to listen on; 0 lets the system choose (default: 8080)")
  private static let address = Option<String>(
    "address", "ADDRESS",
    Reader(
      expected: "a numeric address of this machine, such as 0.0.0.0 or ::1", example: "127.0.0.1",
      parse: { isAddress($0) ? $0 : nil }),
    help: "numeric address to listen on (default: 127.0.0.1, this machine only)")
  private static let journal = Option<String>(
    "journal", "FILE", .text("a file name", example: "results/jobs.journal"),
    help: "file that keeps jobs and results (default: none, they are lost with the queue)")
  private static let redis = Option<RedisAddress>(
    "redis", "URL",
    Reader(
      expected: "redis://HOST[:PORT][/KEY], without a password", example: "redis://127.0.0.1:6379",
      parse: { RedisAddress($0) }),
    help: "Redis (6.2 or newer) that keeps them in the stream KEY (default: scaleup:jobs)")
  private static let target = Option<Target>(
    "target", "ADDRESS:PORT",
    Reader(
      expected: "a numeric address and a port", example: "127.0.0.1:8081", parse: { Target($0) }),
    isRepeatable: true, help: "server to give jobs to; give it once per server (names: t-1, t-2, …)")
  private static let control = Flag(
    "control",
    help: "take commands from standard input: add NAME ADDRESS PORT, drain NAME, remove NAME, status")
  private static let inHand = Option<Int>(
    "in-hand", "COUNT", .count(in: 1...1000, example: "4"),
    help: "most jobs in hand per server, such as its workers (default: 1)")
  private static let attempts = Option<Int>(
    "attempts", "COUNT", .count(in: 1...1000, example: "5"),
    help: "failed attempts after which a job fails (default: 5)")
  private static let timeout = SuiteOptions.timeout(
    "time after which an attempt has failed, and the job is tried again (default: 30)")
  private static let checkPath = Option<String>(
    "check-path", "PATH",
    Reader(
      expected: "a path such as /healthcheck", example: "/healthcheck",
      parse: { JobSettings.isPath($0) ? $0 : nil }),
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
