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
  /// The time for the whole run, in nanoseconds.
  let budget: UInt64?
  let trials: Int?
  let warmUps: Int?
  let isQuick: Bool
  let repetitions: Int
  /// The time limit of a trial in nanoseconds; `nil` if it follows from an estimate.
  let timeout: UInt64?
  let seed: UInt64?
  /// The most cores that other programs may keep busy during a trial that counts; `nil` is the standard limit.
  let foreignLoad: Double?
  let programs: ProgramArguments
  let format: OutputFormat
  let hasDetails: Bool
  let output: RunOutputArguments
  let isQuiet: Bool
  let baseline: String?
  /// The directory of the executables of another build, to compare with.
  let baselineSuite: String?
  let gates: [Gate]
  /// The results file of a run to continue.
  let resume: String?
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

  init(_ line: inout ArgumentLine) throws(UsageError) {
    line.group("What to run")
    workloads = line.value(
      of: Option(
        "workload", "NAME,…", Reader.text("a workload", example: "sum").list(),
        help: "workloads to run (default: sum,stress,memory; see scaleup list)"))
    models = line.value(of: ProgramArguments.models)
    workers = line.value(of: Self.workers)
    kernels = line.value(
      of: Option(
        "kernel", "NAME,…", Reader.text("a kernel", example: "simd").list(),
        help:
          "inner loops: scalar, simd, avx2 … (default: scalar, and simd at the most workers; for memory, simd)"
      ))
    upTo = line.value(of: SuiteOptions.upTo(default: "chosen so that a region takes 0.15 to 0.5 s"))
    duration =
      line.value(of: SuiteOptions.seconds(default: "0.1 to 1, to keep within the budget"))?.nanoseconds
    operations = line.value(
      of: Option(
        "operation", "NAME,…", Reader.word(of: SuiteOptions.operations).list(),
        help: "operations of memory: copy, scale, add, triad (default: triad)"))
    size = line.value(of: SuiteOptions.size(default: "4 times the last-level caches together"))?.count
    schedules = line.value(
      of: Option(
        "schedule", "KIND,…", Reader.word(of: SuiteOptions.schedules).list(),
        help:
          "assignment of numbers to workers: static, dynamic, guided (default: static, one range per worker)")
    )
    grain = line.value(of: SuiteOptions.grain)
    let placement = line.value(
      of: SuiteOptions.placement("workers", Placement.init))
    self.placement = placement ?? nil
    comparesPlacements = placement == nil && workers == nil

    line.group("Your own command")
    command = CommandArguments(&line)

    line.group("Requests to servers (workload serve)")
    traffic = try TrafficArguments(&line)

    line.group("How long")
    budget =
      line.value(
        of: Option(
          "budget", "SECONDS", .seconds(in: 1...1_000_000, example: "300"),
          help:
            "time for the whole run, which ends sooner if every median reaches ±1 % or, with --gate, every gate has decided (default: 45)"
        ))?
      .nanoseconds
    trials = line.value(
      of: Option(
        "trials", "COUNT", .count(in: 1...100_000, example: "5"),
        help: "trials per configuration; with --budget, the fewest (default: at least 5)"))
    warmUps = line.value(
      of: Option(
        "warmup", "COUNT", .count(in: 0...1000, example: "1"),
        help: "warm-up trials per configuration, discarded (default: 1)"))
    isQuick = line.has(Flag("quick", help: "run everything once, without warm-up, in a few seconds"))
    repetitions = line.value(of: SuiteOptions.repetitions) ?? 1
    timeout = line.value(of: SuiteOptions.trialTimeout)?.nanoseconds

    foreignLoad = line.value(of: SuiteOptions.foreignLoad)

    line.group("Other programs")
    programs = ProgramArguments(&line, models: models, withLauncher: true)

    line.group("Output")
    let format = line.value(of: OutputFormat.option)
    hasDetails = line.has(OutputFormat.details)
    output = try RunOutputArguments(&line)
    self.format = format ?? (output.isPrinted ? .json : .table)
    isQuiet = line.has(Notes.quiet)

    line.group("Compare and continue")
    baseline = line.value(
      of: Option(
        "baseline", "FILE", .text("the path of a results file", example: "results/run.json"),
        help: "do the work of this saved run, and compare with it"))
    baselineSuite = line.value(
      of: Option(
        "baseline-suite", "DIR", .text("a directory of executables", example: "../old/.build/release"),
        help: "also run the executables of another build, in the same rounds, and compare with them"))
    gates = line.value(of: GateOption.option) ?? []
    resume = line.value(
      of: Option(
        "resume", "FILE", .text("the path of a results file", example: "results/run.json"),
        help: "continue a run that ended early"))

    line.group("Other")
    seed = line.value(
      of: Option(
        "seed", "NUMBER", .wholeNumber(in: 0...UInt64.max, example: "1"),
        help: "seed of the random order of trials (default: random, and recorded)"))
    retries = line.value(of: SuiteOptions.retries)
    try check(given: line.given)
  }

  private func check(given: Set<String>) throws(UsageError) {
    if resume != nil, let other = given.subtracting(Self.besideResume).min() {
      throw .other(
        "--\(other) would change the plan of the run to continue (leave out --\(other) or --resume)")
    }
    if !gates.isEmpty, baseline == nil, baselineSuite == nil {
      throw .other(
        "--gate needs a comparison (add --baseline FILE or --baseline-suite DIR, or use scaleup compare)")
    }
    if baselineSuite != nil {
      if baseline != nil { throw .other("--baseline-suite contradicts --baseline (leave one out)") }
      if output.isPrinted {
        throw .other("--baseline-suite saves two runs, which contradicts --output - (name a file)")
      }
      if !programs.programs.isEmpty || programs.usesPeers {
        throw .other("--baseline-suite compares models of the suite only (leave out --program and --peers)")
      }
    }
    if output.isPrinted, format != .json {
      throw .other("--output - prints JSON, which contradicts --format \(format.rawValue) (leave one out)")
    }
    try command.check(given: given)
    try SuiteOptions.check(grain: grain, upTo: upTo)
  }
}

/// The arguments that say where a run is saved, and under which name.
struct RunOutputArguments {
  /// The results file, or a directory for it; `nil` is the standard directory.
  let path: String?
  /// Whether the results file is standard output.
  let isPrinted: Bool
  let isSaved: Bool
  /// The name that replaces the host name.
  let label: String?

  static let label = Option<String>(
    "label", "NAME",
    Reader(
      expected: "a name of at most 255 bytes for this machine", example: "laptop",
      parse: { (1...255).contains($0.utf8.count) ? $0 : nil }),
    help: "label for this machine (default: host name)")

  init(_ line: inout ArgumentLine) throws(UsageError) {
    let output = line.value(
      of: Option(
        "output", "FILE", .text("the path of a results file", example: "results/run.json"),
        help: "results file to write; - is standard output (default: results/<host>-<UTC time>.json)"))
    isPrinted = output == File.standardOutput
    path = isPrinted ? nil : output
    let isDiscarded = line.has(Flag("no-save", help: "do not save the run"))
    isSaved = !isPrinted && !isDiscarded
    label = line.value(of: Self.label)
    if output != nil, isDiscarded { throw .other("--no-save contradicts --output (leave one out)") }
  }
}
