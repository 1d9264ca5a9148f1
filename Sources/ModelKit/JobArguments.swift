import Arguments

/// The arguments of one workload of a model's executable.
struct JobArguments {
  private static let schedule = Option<String>(
    "schedule", "KIND", .word(of: SuiteOptions.schedules),
    help:
      "assignment of numbers to workers: static, dynamic or guided (default: static, one range per worker)"
  )
  private static let load = Option<Int>(
    "load", "PERCENT", .count(in: 1...100, example: "50"),
    help: "percentage of the time in which each worker is busy (default: 100)")
  private static let threadsPerRank = Option<Int>(
    "threads-per-rank", "COUNT", SuiteOptions.workerCount,
    help: "threads in each process that the launcher starts (default: 1)")
  private static let json = Flag("json", help: "print one scaleup.trial/1 record")

  let upTo: UInt64?
  let kernel: Kernel?
  let schedule: Schedule.Kind
  let grain: UInt64?
  /// The operation and the size of arrays; the size is `nil` if it is to suit the machine.
  let streams: (operation: StreamOperation, size: UInt64?)?
  let length: UInt64
  let load: Int
  let workers: Int?
  /// The rule by which workers are put on CPUs; `nil` leaves it to the system.
  let placement: Placement?
  let threadsPerRank: Int
  let repetitions: Int
  let retries: Int
  /// The nanoseconds without a report after which a worker is given up; `nil` if it is waited for forever.
  let timeout: UInt64?
  /// Whether the record is printed as JSON.
  let isJSON: Bool

  private let workload: Workload
  private let program: ModelProgram

  /// Reads the options that a workload has in a model's executable.
  init(_ line: inout ArgumentLine, _ workload: Workload, of program: ModelProgram) {
    (self.workload, self.program) = (workload, program)
    switch workload.work {
    case .numbers(let kernels), .arrays(let kernels):
      upTo = line.value(of: SuiteOptions.upTo(default: "1e9"))
      let name = line.value(of: Self.kernel(of: workload))
      kernel = kernels.first { $0.name == name }
      let usesChunks = program.usesChunks && !workload.hasArrays
      schedule = (usesChunks ? line.value(of: Self.schedule) : nil).flatMap(Schedule.Kind.init) ?? .static
      grain = usesChunks ? line.value(of: SuiteOptions.grain) : nil
      streams = workload.hasArrays ? Self.streams(&line) : nil
      (length, load) = (0, 100)
    case .period:
      (upTo, kernel, schedule, grain, streams) = (nil, nil, .static, nil, nil)
      length = line.value(of: SuiteOptions.seconds(default: "1"))?.nanoseconds ?? 1_000_000_000
      load = line.value(of: Self.load) ?? 100
    }
    workers = line.value(of: Self.workers(of: program)) ?? nil
    placement =
      program.isLaunched
      ? nil
      : line.value(
        of: SuiteOptions.placement(program.placesWorkers ? "each worker" : "the process", Placement.init))
        ?? nil
    threadsPerRank = program.isLaunched ? line.value(of: Self.threadsPerRank) ?? 1 : 1
    repetitions = line.value(of: SuiteOptions.repetitions) ?? 1
    retries = (program.replacesWorkers ? line.value(of: SuiteOptions.retries) : nil) ?? 3
    timeout =
      program.replacesWorkers
      ? line.value(
        of: SuiteOptions.timeout(
          "replace a worker that has not reported for this time (default: wait forever)"))?
        .nanoseconds : nil
    isJSON = line.has(Self.json)
  }

  private static func streams(_ line: inout ArgumentLine) -> (StreamOperation, UInt64?) {
    let name = line.value(
      of: Option<String>(
        "operation", "NAME", .word(of: SuiteOptions.operations),
        help: "copy, scale, add or triad (default: triad)"))
    let size = line.value(of: SuiteOptions.size(default: "4 times the last-level caches together"))
    return (name.flatMap(StreamOperation.init) ?? .triad, size?.count)
  }

  /// Returns the option `--kernel`, which accepts the kernels that this processor supports.
  private static func kernel(of workload: Workload) -> Option<String> {
    let names = workload.kernels.map(\.name)
    let reader = Reader<String>(
      expected: "a kernel of this processor: \(names.joined(separator: ", "))",
      example: names.contains("simd") ? "simd" : names[0],
      nearest: { nearestWord(to: $0, among: names) },
      parse: { names.contains($0) ? $0 : nil })
    return Option(
      "kernel", "NAME", reader, help: "inner loop: \(names.joined(separator: ", ")) (default: \(names[0]))")
  }

  /// Returns the option `--workers`, up to the model's maximum.
  static func workers(of program: ModelProgram) -> Option<Int?> {
    if program.maximumWorkers == 1 {
      let reader = Reader<Int?>(expected: "1, because this model has one worker", example: "1") {
        $0 == "1" ? .some(1) : nil
      }
      return Option("workers", "1", reader, help: "number of workers, always 1")
    }
    return SuiteOptions.workers(
      upTo: program.maximumWorkers,
      default: program.isLaunched ? "the ranks that were launched, times their threads" : "one per CPU")
  }

  /// Returns the job that the arguments ask for.
  ///
  /// - Parameter ranks: The number of processes that a launcher has started; `nil` for a model without a
  ///   launcher.
  /// - Throws: `UsageError` if a chunk has more numbers than there are, if the workers are not those that the launcher has
  ///   started, or if they cannot be placed.
  func job(ranks: Int?) throws(UsageError) -> Job {
    let workers = try workers(ranks: ranks)
    var (extent, schedule) = (Job.Extent.period(length: length, load: load), Schedule.even)
    switch workload.work {
    case .numbers, .arrays:
      let upTo = upTo ?? 1_000_000_000
      try SuiteOptions.check(grain: grain, upTo: upTo)
      extent = .upTo(upTo)
      schedule = Schedule(self.schedule, grain: grain, count: upTo + 1, workers: workers)
    case .period: break
    }
    return Job(
      workload, workers: workers, extent: extent, kernel: kernel, schedule: schedule,
      placement: placement, cpus: try cpus(of: workers),
      placesWorkers: program.placesWorkers,
      threadsPerRank: ranks.map { _ in threadsPerRank }, repetitions: repetitions,
      streams: try jobArrays(), retries: retries, timeout: timeout)
  }

  /// Returns the arrays that the job needs; `nil` for any workload but `memory`.
  private func jobArrays() throws(UsageError) -> JobArrays? {
    guard let streams else { return nil }
    let steps = (upTo ?? 0).multipliedReportingOverflow(by: UInt64(repetitions))
    if steps.overflow || steps.partialValue >= StreamArrays.mostSteps {
      throw .other(
        "--upto times --repetitions is too large for memory (expected less than 10^15 steps together)")
    }
    let (caches, available) = (CacheLevels.ofThisProcess(), Memory.available())
    let arrays = JobArrays(
      streams.operation, size: streams.size ?? JobArrays.standardSize(caches, available: available),
      caches: caches)
    try arrays.requireMemory(available)
    return arrays
  }

  /// Returns the CPU of each worker; none without a placement.
  private func cpus(of workers: Int) throws(UsageError) -> [Int] {
    guard let placement else { return [] }
    do throws(PlacementError) {
      return try placement.cpus(of: workers, on: Topology.usable())
    } catch {
      throw .other("--placement \(placement.text) \(error)")
    }
  }

  private func workers(ranks: Int?) throws(UsageError) -> Int {
    guard let ranks else {
      if case .cpus(let cpus) = placement, workers == nil { return min(cpus.count, program.maximumWorkers) }
      return workers ?? min(CPULimits.ofThisProcess().effective, program.maximumWorkers)
    }
    if let workers, workers != ranks * threadsPerRank {
      throw .other(
        "--workers \(workers) differs from what was launched: \(Readable.count(ranks, "rank")) with "
          + "\(Readable.count(threadsPerRank, "thread")) each (start one rank per --threads-per-rank workers, such as with "
          + "mpirun -n)")
    }
    return ranks * threadsPerRank
  }
}
