import Arguments
import Harness
import Platform
import Records

/// The arguments of `scaleup run`.
struct RunArguments {
  let workloads: [String]?
  let models: [String]?
  let workers: WorkerCounts?
  let kernels: [String]?
  let upTo: UInt64?
  /// The operations of the workload `memory`.
  let operations: [String]?
  /// The bytes of each of its arrays.
  let size: UInt64?
  /// The duration of workloads of fixed time, in nanoseconds.
  let duration: UInt64?
  let schedules: [String]?
  let grain: UInt64?
  /// The rule by which workers are put on CPUs; `nil` leaves it to the system.
  let placement: Placement?
  let traffic: TrafficArguments
  let command: CommandArguments
  /// Whether some placements are tried beside the others, because none was asked for.
  let comparesPlacements: Bool
  let length: RunLengthArguments
  let seed: UInt64?
  let programs: ProgramArguments
  let format: OutputFormat
  let hasDetails: Bool
  let output: RunOutputArguments
  let isQuiet: Bool
  let comparison: ComparisonArguments
  let retries: Int?

  /// The options that do not change the plan, and may stand beside `--resume`.
  private static let besideResume = CommandArguments.besideResume.union([
    "resume", "launcher", "peers", "program", "baseline", "gate", "format", "details", "quiet", "timeout",
    "retries",
  ])

  static let workers = Option<WorkerCounts>(
    "workers", "LIST", WorkerCounts.reader,
    help:
      "worker counts: 1,2,4 or 1-8 or 1-64/2, or all from 1 to effective CPUs (default: 1, 2, 4 … effective CPUs)"
  )
  private static let kernels = Option(
    "kernel", "NAME,…", Reader.text("a kernel", example: "simd").list(),
    help:
      "inner loops: scalar, simd, avx2 … (default: scalar, and simd at the most workers; for memory, simd)"
  )
  private static let operations = Option(
    "operation", "NAME,…", Reader.word(of: SuiteOptions.operations).list(),
    help: "operations of memory: copy, scale, add, triad (default: triad)")
  private static let schedules = Option(
    "schedule", "KIND,…", Reader.word(of: SuiteOptions.schedules).list(),
    help:
      "assignment of numbers to workers: static, dynamic, guided (default: static, one range per worker)")

  init(_ line: inout ArgumentLine) throws(UsageError) {
    line.group("What to run")
    workloads = line.value(
      of: Option(
        "workload", "NAME,…", Reader.text("a workload", example: "sum").list(),
        help: "workloads to run (default: sum,stress,memory; see scaleup list)"))
    models = line.value(of: ProgramArguments.models)
    workers = line.value(of: Self.workers)
    kernels = line.value(of: Self.kernels)
    upTo = line.value(of: SuiteOptions.upTo(default: "chosen so that a region takes 0.15 to 0.5 s"))
    duration =
      line.value(of: SuiteOptions.seconds(default: "0.1 to 1, to keep within the budget"))?.nanoseconds
    operations = line.value(of: Self.operations)
    size = line.value(of: SuiteOptions.size(default: "4 times the last-level caches together"))?.count
    schedules = line.value(of: Self.schedules)
    grain = line.value(of: SuiteOptions.grain)
    let placement = line.value(of: SuiteOptions.placement("workers", Placement.init))
    self.placement = placement ?? nil
    comparesPlacements = placement == nil && workers == nil

    line.group("Your own command")
    command = CommandArguments(&line)

    line.group("Requests to servers (workload serve)")
    traffic = try TrafficArguments(&line)

    line.group("How long")
    length = RunLengthArguments(&line)

    line.group("Other programs")
    programs = ProgramArguments(&line, models: models, withLauncher: true)

    line.group("Output")
    let format = line.value(of: OutputFormat.option)
    hasDetails = line.has(OutputFormat.details)
    output = try RunOutputArguments(&line)
    self.format = format ?? (output.isPrinted ? .json : .table)
    isQuiet = line.has(Notes.quiet)

    line.group("Compare and continue")
    comparison = ComparisonArguments(&line)

    line.group("Other")
    seed = line.value(
      of: Option(
        "seed", "NUMBER", .wholeNumber(in: 0...UInt64.max, example: "1"),
        help: "seed of the random order of trials (default: random, and recorded)"))
    retries = line.value(of: SuiteOptions.retries)
    try check(given: line.given)
  }

  private func check(given: Set<String>) throws(UsageError) {
    if comparison.resume != nil, let other = given.subtracting(Self.besideResume).min() {
      throw .other(
        "--\(other) would change the plan of the run to continue (leave out --\(other) or --resume)")
    }
    try comparison.check(output, programs)
    if output.isPrinted, format != .json {
      throw .other("--output - prints JSON, which contradicts --format \(format.rawValue) (leave one out)")
    }
    try command.check(given: given)
    try SuiteOptions.check(grain: grain, upTo: upTo)
  }
}
