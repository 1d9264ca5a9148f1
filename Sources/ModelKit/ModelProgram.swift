/// The program around a model: its command line, the check of its answer, and what it prints.
public struct ModelProgram: Sendable {
  /// The model's name; its executable is `scaleup-` and this.
  public let model: String
  /// One line that says how it runs workers.
  public let summary: String
  /// The most workers it takes.
  public let maximumWorkers: Int
  /// Whether it replaces workers that are lost, as the job allows.
  public let replacesWorkers: Bool
  /// Whether it deals numbers in chunks where it is asked to.
  let usesChunks: Bool
  /// Whether a launcher such as `mpirun` starts its processes, one or more.
  public let isLaunched: Bool
  /// The workloads it has.
  let workloads: [Workload]

  /// Describes a model; where nothing else is said it takes up to 4096 workers and has every workload.
  public init(
    model: String, summary: String, maximumWorkers: Int = 4096, replacesWorkers: Bool = false,
    isLaunched: Bool = false, usesChunks: Bool = true,
    workloads: [Workload] = Workload.all
  ) {
    self.model = model
    self.summary = summary
    self.maximumWorkers = maximumWorkers
    self.replacesWorkers = replacesWorkers
    self.usesChunks = usesChunks && maximumWorkers > 1
    self.isLaunched = isLaunched
    self.workloads = workloads
  }

  /// Carries out a command line with a model that does not suspend.
  ///
  /// - Parameters:
  ///   - arguments: The words of the command line, the executable's own first.
  ///   - ranks: For a model with a launcher: how many processes that has started. Called with the threads that each is
  ///     to have, once it is known that there is something to compute; what it throws is told as wrong usage.
  ///   - body: The model: creates the workers, lets each do its part, and finishes the region. `nil` in a process that
  ///     does not report.
  ///   - end: Called once after the last region, also after one that failed or was wrong, to end the workers that
  ///     outlive it.
  /// - Returns: What to print and the exit status.
  public func run(
    _ arguments: [String], ranks: (Int) throws -> Int = { _ in 1 }, _ body: (Job) throws -> TrialRecord?,
    end: () -> Void = {}
  ) -> ProgramOutput {
    switch request(arguments, ranks: ranks) {
    case .answer(let output): return output
    case .job(let job, let json):
      do {
        defer { end() }
        try checkLimits(for: job)
        var repetitions = Repetitions(of: job)
        for _ in 0..<job.repetitions {
          if let record = try body(job) { try repetitions.add(record) }
        }
        return output(repetitions.record, json: json)
      } catch {
        return failure(error)
      }
    }
  }

  /// Carries out a command line with a model that suspends.
  ///
  /// - Parameters:
  ///   - arguments: The words of the command line, the executable's own first.
  ///   - body: The model: creates the workers, lets each do its part, and finishes the region.
  /// - Returns: What to print and the exit status.
  public func run(_ arguments: [String], _ body: (Job) async throws -> TrialRecord) async -> ProgramOutput {
    switch request(arguments) {
    case .answer(let output): return output
    case .job(let job, let json):
      do {
        try checkLimits(for: job)
        var repetitions = Repetitions(of: job)
        while repetitions.record == nil { try repetitions.add(try await body(job)) }
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
    return ProgramOutput(output: json ? record.jsonText + "\n" : account(of: record))
  }

  /// What is told instead of a time.
  func failure(_ error: any Error) -> ProgramOutput {
    ProgramOutput(error: "\(name): \(explanation(error))\n", status: 1)
  }
}
