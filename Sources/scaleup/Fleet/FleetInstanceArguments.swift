import Arguments

/// The options of a fleet's launch template: what each instance runs.
struct FleetInstanceArguments {
  /// The model that every machine can run with a fraction of a core: one process without further threads.
  static let standardModel = "single"

  let model: String
  let workers: Int
  /// The cores of an instance.
  let share: Double
  /// Whether control groups hold instances to their share; otherwise they pace themselves.
  let usesControlGroups: Bool
  /// The environment variables that are added, `NAME=value` each.
  let environment: [String]
  /// Times in nanoseconds of wall time.
  let startUp, grace: UInt64
  /// The time for what an instance has in hand when it is to end; `nil` if it was not given.
  let drain: UInt64?

  /// That time before a balancer.
  static let standardDrain: UInt64 = 5_000_000_000

  init(_ line: inout ArgumentLine) {
    line.group("What to run")
    model =
      line.value(
        of: Option(
          "model", "NAME", .text("a model", example: "taskgroup"),
          help: "model of the instances (default: \(Self.standardModel), the smallest process)"))
      ?? Self.standardModel
    workers =
      line.value(
        of: Option(
          "workers", "COUNT", .count(in: 1...64, example: "2"), help: "workers per instance (default: 1)"))
      ?? 1
    share =
      line.value(
        of: Option(
          "instance-share", "CORES", .decimal(in: 0.01...64, example: "0.1"),
          help: "cores per instance (default: 0.1)")) ?? 0.1
    usesControlGroups = line.has(
      Flag(
        "control-groups",
        help: "hold instances to their share by control groups, if permitted (default: they pace themselves)")
    )
    environment = line.values(
      of: Option(
        "environment", "NAME=VALUE",
        Reader(
          expected: "a name, an equals sign and a value", example: "GREETING=hello",
          parse: { word in word.firstIndex(of: "=").flatMap { $0 == word.startIndex ? nil : word } }),
        isRepeatable: true, help: "environment variable of the instances; may be repeated"))
    startUp =
      line.time("start-up", default: "1s", in: 0...3600, "time of an instance's start-up work")
      ?? 1_000_000_000
    grace =
      line.time(
        "grace", default: "start-up + 5s", example: "10s", in: 0...86_400,
        "time after launch before failed checks cause a replacement") ?? startUp + 5_000_000_000
    drain = line.time(
      "drain", default: "5s; with --queue, --job-timeout", example: "5s", in: 0...86_400,
      "time limit of an instance's last requests or jobs")
  }
}

extension ArgumentLine {
  /// Returns a time in nanoseconds.
  ///
  /// - Parameters:
  ///   - standard: The default, for the help.
  ///   - example: An example for messages (default: the default).
  mutating func time(
    _ name: String, default standard: String, example: String? = nil, in range: ClosedRange<Double>,
    _ help: String
  ) -> UInt64? {
    let option = Option<Double>(
      name, "TIME", .time(in: range, example: example ?? standard), help: "\(help) (default: \(standard))")
    return value(of: option).map { UInt64(($0 * 1e9).rounded()) }
  }
}
