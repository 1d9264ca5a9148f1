import Arguments
import Fleet
import Platform

/// The arguments of `scaleup jobs`.
struct JobsArguments {
  let settings: JobSettings
  let isJSON: Bool
  let isQuiet: Bool

  /// - Throws: `UsageError`.
  init(_ line: inout ArgumentLine) throws(UsageError) {
    line.group("Where to listen")
    let port = line.value(of: SuiteOptions.port)
    let address = line.value(of: SuiteOptions.address { isAddress($0) })
    line.group("Where jobs are kept")
    let journal = line.value(of: Self.journal)
    let redis = line.value(of: Self.redis)
    line.group("Which servers do them")
    let targets = try TargetArguments(&line, to: "give jobs to")
    let inHand = line.value(of: Self.inHand)
    let attempts = line.value(of: Self.attempts)
    let timeout = line.value(of: Self.timeout)?.nanoseconds
    var settings = JobSettings(checks: try HealthCheckArguments(&line).settings)
    line.group("Output")
    isJSON = line.has(SuiteOptions.serviceRecord)
    isQuiet = line.has(Notes.quiet)

    if journal != nil, redis != nil {
      throw .other("--journal has no effect with --redis (expected one of them)")
    }
    try targets.check()
    settings.address = address ?? settings.address
    settings.port = port ?? settings.port
    settings.storage = redis.map { .redis($0) } ?? journal.map { .journal($0) } ?? .memory
    (settings.targets, settings.isControlled) = (targets.targets, targets.takesCommands)
    settings.inHand = inHand ?? settings.inHand
    settings.attempts = attempts ?? settings.attempts
    settings.timeout = timeout ?? settings.timeout
    self.settings = settings
  }

  private static let journal = Option<String>(
    "journal", "FILE", .text("a file name", example: "results/jobs.journal"),
    help: "file for jobs and results, which survive a restart (default: none; a restart loses them)")
  private static let redis = Option<RedisAddress>(
    "redis", "URL",
    Reader(
      expected: "redis://HOST[:PORT][/KEY], without a password", example: "redis://127.0.0.1:6379",
      parse: { RedisAddress($0) }),
    help: "Redis 6.2 or later for jobs and results: redis://HOST:PORT/KEY (default key: scaleup:jobs)")
  private static let inHand = Option<Int>(
    "in-hand", "COUNT", .count(in: 1...1000, example: "4"),
    help: "jobs per server at the same time, such as one per worker (default: 1)")
  private static let attempts = Option<Int>(
    "attempts", "COUNT", .count(in: 1...1000, example: "5"),
    help: "failed attempts after which a job fails (default: 5)")
  private static let timeout = SuiteOptions.timeout(
    "time limit of an attempt; after it, the job is tried again (default: 30s)")
}
