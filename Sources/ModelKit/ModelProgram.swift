/// The program around a model: its command line, the check of its result, and its output.
public struct ModelProgram: Sendable {
  /// The model's name; its executable is `scaleup-<model>`.
  public let model: String
  /// A one-line description of how it runs workers.
  public let summary: String
  /// The maximum number of workers.
  public let maximumWorkers: Int
  /// Whether it replaces lost workers, as often as the job allows.
  public let replacesWorkers: Bool
  /// Whether it supports schedules with chunks.
  let usesChunks: Bool
  /// Whether a launcher such as `mpirun` starts its processes.
  public let isLaunched: Bool
  /// Whether each worker is a thread or a process of its own, which can be put on a CPU. Otherwise a placement applies to the
  /// process as a whole.
  let placesWorkers: Bool
  /// Whether its workers run on the threads of Dispatch, which also run Swift's tasks.
  let usesThreadPool: Bool
  /// The workloads that it supports.
  let workloads: [Workload]
  /// Runs the model as a server; `nil` if it is none.
  let serve: (@Sendable (Service) throws -> Void)?

  /// Creates a program; by default it takes up to 4096 workers and supports every workload.
  public init(
    model: String, summary: String, maximumWorkers: Int = 4096, replacesWorkers: Bool = false,
    isLaunched: Bool = false, placesWorkers: Bool = false, usesThreadPool: Bool = false,
    usesChunks: Bool = true,
    workloads: [Workload] = Workload.all, serve: (@Sendable (Service) throws -> Void)? = nil
  ) {
    self.model = model
    self.summary = summary
    self.maximumWorkers = maximumWorkers
    self.replacesWorkers = replacesWorkers
    self.usesChunks = usesChunks && maximumWorkers > 1
    self.isLaunched = isLaunched
    self.placesWorkers = placesWorkers
    self.usesThreadPool = usesThreadPool
    self.workloads = workloads
    self.serve = serve
  }

  /// Runs a command line with a synchronous model.
  ///
  /// - Parameters:
  ///   - arguments: The words of the command line, the executable's own first.
  ///   - ranks: Returns the number of processes that the launcher started, given the threads per process;
  ///     only called for a model with a launcher, before a computation. Its errors are reported as usage
  ///     errors.
  ///   - body: The model: creates the workers, runs each worker's share, and finishes the region. Returns
  ///     `nil` in a process that does not report.
  ///   - end: Called once after the last region, even if it failed or its result was wrong, to end workers
  ///     that outlive the region.
  /// - Returns: The output and the exit status.
  public func run(
    _ arguments: [String], ranks: (Int) throws -> Int = { _ in 1 }, _ body: (Job) throws -> TrialRecord?,
    end: () -> Void = {}
  ) -> ProgramOutput {
    switch request(arguments, ranks: ranks) {
    case .answer(let output): return output
    case .service(let arguments): return runService(arguments)
    case .job(let job, let json):
      do {
        defer { end() }
        try prepare(for: job)
        let job = job.allocated()
        var repetitions = Repetitions(of: job)
        if let touching = job.inPhase(.touch) { _ = try body(touching) }
        for _ in 0..<job.repetitions {
          if let record = try body(job) { try repetitions.add(record) }
        }
        if let checking = job.inPhase(.check), let record = try body(checking) {
          try repetitions.check(record)
        }
        return output(repetitions.record, json: json)
      } catch {
        return failure(error)
      }
    }
  }

  /// Runs a command line with an asynchronous model, whose program uses the thread pool.
  ///
  /// It stays on the actor of its caller until the model begins. A program calls it on the main actor, because without
  /// threads everything else would wait forever, and the check for them too.
  ///
  /// - Parameters:
  ///   - arguments: The words of the command line, the executable's own first.
  ///   - body: The model: creates the workers, runs each worker's share, and finishes the region.
  /// - Returns: The output and the exit status.
  public nonisolated(nonsending) func run(
    _ arguments: [String], _ body: @concurrent (Job) async throws -> TrialRecord
  ) async -> ProgramOutput {
    switch request(arguments) {
    case .answer(let output): return output
    case .service(let arguments): return runService(arguments)
    case .job(let job, let json):
      do {
        try prepare(for: job)
        let job = job.allocated()
        var repetitions = Repetitions(of: job)
        if let touching = job.inPhase(.touch) { _ = try await body(touching) }
        while repetitions.record == nil { try repetitions.add(try await body(job)) }
        if let checking = job.inPhase(.check) { try repetitions.check(try await body(checking)) }
        return output(repetitions.record, json: json)
      } catch {
        return failure(error)
      }
    }
  }

  private func output(_ record: TrialRecord?, json: Bool) -> ProgramOutput {
    guard var record else { return ProgramOutput() }
    record.model = model
    record.peakMemory = PeakMemory.ofThisProcess()
    return ProgramOutput(output: json ? record.jsonText + "\n" : text(of: record))
  }

  /// Returns the output for an error.
  func failure(_ error: any Error) -> ProgramOutput {
    ProgramOutput(error: "\(name): \(explanation(error))\n", status: 1)
  }
}
