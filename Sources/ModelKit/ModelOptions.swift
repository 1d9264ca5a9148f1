import Arguments

/// The options that a workload has in a model's executable.
struct ModelOptions {
  static let upTo = Option<UInt64>(
    "upto", "N", .wholeNumber(in: 0...UInt64.max - 1, example: "1e10"),
    help: "the last number, such as 10_000_000_000 or 1e10 (default 1e9)")
  static let schedule = Option<String>(
    "schedule", "KIND", .word(of: Schedule.Kind.allCases.map(\.rawValue)),
    help: "how numbers are dealt to workers: static, dynamic or guided (default static)")
  static let grain = Option<UInt64>(
    "grain", "G", .wholeNumber(in: 1...UInt64.max - 1, example: "1e6"),
    help: "the numbers in a chunk, for guided the fewest (default: 64 chunks a worker, for static one)")
  static let seconds = Option<Seconds>(
    "seconds", "S", .seconds(in: 0.001...3600, example: "5"),
    help: "how long to work, up to 3600 (default 1)")
  static let load = Option<Int>(
    "load", "PERCENT", .count(in: 1...100, example: "50"),
    help: "the percentage of that time in which each worker is busy, 1 to 100 (default 100)")
  static let repetitions = Option<Int>(
    "repetitions", "R", .count(in: 1...1_000_000, example: "100"),
    help: "how many regions to run one after the other, each timed (default 1)")
  static let retries = Option<Int>(
    "retries", "R", .count(in: 0...1_000_000, example: "3"),
    help: "how many workers that die or do not answer may be replaced in all (default 3)")
  static let timeout = Option<Seconds>(
    "timeout", "S", .seconds(in: 0.01...1_000_000, example: "60"),
    help: "replace a worker that has not reported for so long (default: wait for ever)")
  static let threadsPerRank = Option<Int>(
    "threads-per-rank", "T", .count(in: 1...4096, example: "4"),
    help: "the threads of each process that the launcher starts (default 1)")
  static let json = Flag("json", help: "print one scaleup.trial/1 record instead of a readable account")
  static let describe = Flag(
    "describe", help: "print what this executable can do as a scaleup.model/1 record")

  private let workload: Workload
  private let mostWorkers: Int
  private let dealsInChunks: Bool
  private let replacesWorkers: Bool
  private let isLaunched: Bool

  init(
    of workload: Workload, mostWorkers: Int, dealsInChunks: Bool, replacesWorkers: Bool, isLaunched: Bool
  ) {
    self.workload = workload
    self.mostWorkers = mostWorkers
    self.dealsInChunks = dealsInChunks
    self.replacesWorkers = replacesWorkers
    self.isLaunched = isLaunched
  }

  /// All of them, in the order of the help.
  var syntax: [OptionSyntax] {
    let extent =
      switch workload.work {
      case .numbers:
        [Self.upTo.syntax, kernel.syntax]
          + (dealsInChunks ? [Self.schedule.syntax, Self.grain.syntax] : [])
      case .period: [Self.seconds.syntax, Self.load.syntax]
      }
    let recovery = replacesWorkers ? [Self.retries.syntax, Self.timeout.syntax] : []
    let threads = isLaunched ? [Self.threadsPerRank.syntax] : []
    return extent + [workers.syntax] + threads + [Self.repetitions.syntax] + recovery + [Self.json.syntax]
  }

  /// `--workers`, up to what the model takes.
  private var workers: Option<Int> {
    let reader: Reader<Int> =
      mostWorkers == 1
      ? Reader(expected: "1, and this model has one worker", example: "1", parse: { $0 == "1" ? 1 : nil })
      : .count(in: 1...mostWorkers, example: "4")
    return Option(
      "workers", "P", reader,
      help: mostWorkers == 1
        ? "accepted for likeness with the other models: 1"
        : isLaunched
          ? "how many workers: what the launcher starts, times the threads of each (default: that)"
          : "how many workers (default: one a CPU)")
  }

  /// `--kernel`, of those that this processor has.
  private var kernel: Option<String> {
    let names = workload.kernels.map(\.name)
    let reader = Reader<String>(
      expected: "a kernel that this processor has (\(names.joined(separator: ", ")))",
      example: names.contains("simd") ? "simd" : names[0],
      nearest: { nearestWord(to: $0, among: names) },
      parse: { names.contains($0) ? $0 : nil })
    return Option(
      "kernel", "NAME", reader,
      help: names[0] == "scalar"
        ? "the inner loop: scalar, simd (the widest vectors here), or a set such as avx2 (default scalar)"
        : "how the numbers are treated: \(names.joined(separator: ", ")) (default \(names[0]))")
  }

  /// The threads that each process is to have.
  func threadsPerRank(_ matches: Matches) -> Int {
    matches.value(of: Self.threadsPerRank) ?? 1
  }

  /// The job that was asked for.
  ///
  /// - Parameter ranks: The processes that a launcher has started; `nil` for a model that has no launcher.
  /// - Throws: `UsageError` for a grain that is more than there are numbers, and for a number of workers that is not
  ///   what the launcher has started.
  func job(_ matches: Matches, ranks: Int? = nil) throws(UsageError) -> Job {
    let workers = try workers(matches, ranks: ranks)
    var (extent, kernel, schedule) = (Job.Extent.upTo(0), nil as Kernel?, Schedule.even)
    switch workload.work {
    case .numbers(let kernels):
      let upTo = matches.value(of: Self.upTo) ?? 1_000_000_000
      let name = matches.value(of: self.kernel)
      kernel = kernels.first { $0.name == name }
      (extent, schedule) = (.upTo(upTo), try self.schedule(matches, upTo, workers))
    case .period:
      let length = matches.value(of: Self.seconds)?.nanoseconds ?? 1_000_000_000
      extent = .period(length: length, load: matches.value(of: Self.load) ?? 100)
    }
    return Job(
      workload, workers: workers, extent: extent, kernel: kernel, schedule: schedule,
      threadsPerRank: ranks.map { _ in threadsPerRank(matches) },
      repetitions: matches.value(of: Self.repetitions) ?? 1, retries: matches.value(of: Self.retries) ?? 3,
      timeout: matches.value(of: Self.timeout)?.nanoseconds)
  }

  private func workers(_ matches: Matches, ranks: Int?) throws(UsageError) -> Int {
    let asked = matches.value(of: workers)
    guard let ranks else { return asked ?? min(CPULimits.ofThisProcess().effective, mostWorkers) }
    let threads = threadsPerRank(matches)
    if let asked, asked != ranks * threads {
      throw .other(
        "--workers \(asked) is not what was started: \(Readable.count(ranks, "rank")) of "
          + "\(Readable.count(threads, "thread")); start it with the launcher of its MPI library, such as mpirun -n, and "
          + "one rank for every --threads-per-rank workers")
    }
    return ranks * threads
  }

  private func schedule(_ matches: Matches, _ upTo: UInt64, _ workers: Int) throws(UsageError) -> Schedule {
    let kind = matches.value(of: Self.schedule).flatMap(Schedule.Kind.init) ?? .static
    let grain = matches.value(of: Self.grain)
    if let grain, grain > max(1, upTo) {
      throw .other("--grain \(grain) is above N = \(upTo); try a smaller one")
    }
    return Schedule(kind, grain: grain, count: upTo + 1, workers: workers)
  }
}
