/// The timed part of a trial: made just before the first worker is created, finished when the last one is done.
public struct Region: Sendable {
  /// What is to be done in it.
  public let job: Job
  /// Where the workers report.
  public let shares: ShareTable

  private let start: UInt64

  /// Prepares memory for the reports, then starts the clock.
  public init(_ job: Job) {
    self.job = job
    shares = ShareTable(workers: job.workers, slices: job.slices)
    start = Clock.monotonic.now()
  }

  /// Does one worker's part in the calling thread or process, and reports it in the worker's slot.
  ///
  /// - Parameters:
  ///   - worker: Which worker the caller is, from 0.
  ///   - inOwnProcess: Whether the worker has a process to itself, whose peak memory it then reports.
  public func work(as worker: Int, inOwnProcess: Bool = false) {
    let begin = Clock.monotonic.now()
    let cpuTimeAtBegin = Clock.threadCPU.now()
    let result =
      switch (job.workload.work, job.extent) {
      case (.numbers(let compute), .upTo):
        compute(job.range(of: worker) ?? 0..<0)
      case (.period(let compute), .period(let length, let load)):
        compute(
          Period(start: start, length: length, load: load), SystemWorkClock(), shares.slices(of: worker))
      default:
        preconditionFailure("\(job.workload.name) was given an extent of another kind")
      }
    let cpuTime = Clock.threadCPU.now() - cpuTimeAtBegin
    let end = Clock.monotonic.now()
    let head = ShareTable.Head(
      result: result, begin: begin - start, end: end - start, cpuTime: cpuTime,
      peakMemory: inOwnProcess ? PeakMemory.ofThisProcess() ?? 0 : 0,
      core: Processor.currentCore() ?? -1, worker: worker)
    shares.setHead(head, of: worker)
  }

  /// Merges the partial results, stops the clock, and gathers what the workers reported.
  ///
  /// To be called when every worker is done and its slot is filled.
  public func finish() -> TrialRecord {
    let result = (0..<job.workers).reduce(UInt128(0)) { $0 + shares.head(of: $1).result }
    let length = Clock.monotonic.now() - start
    var record = TrialRecord(result: ExactInteger(result), region: length)
    record.workload = job.workload.name
    record.kernel = "scalar"
    record.workers = job.workers
    switch job.extent {
    case .upTo(let last): record.upTo = last
    case .period(let length, let load): (record.duration, record.load) = (length, load)
    }
    record.shares = (0..<job.workers).map(share)
    record.peakMemory = PeakMemory.ofThisProcess()
    return record
  }

  private func share(of worker: Int) -> Share {
    let head = shares.head(of: worker)
    return Share(
      worker: worker,
      range: job.range(of: worker).map { .init(lower: $0.lowerBound, upper: $0.upperBound) },
      result: ExactInteger(head.result),
      begin: head.begin, end: head.end, cpuTime: head.cpuTime,
      core: head.core < 0 ? nil : head.core,
      peakMemory: head.peakMemory == 0 ? nil : head.peakMemory,
      slices: job.slices == 0 ? nil : Array(shares.slices(of: worker)))
  }
}

/// The system's clocks for the workloads.
private struct SystemWorkClock: WorkClock {
  func now() -> UInt64 { Clock.monotonic.now() }
  func cpuTime() -> UInt64 { Clock.threadCPU.now() }
  func sleep(until moment: UInt64) { Clock.sleep(until: moment) }
}
