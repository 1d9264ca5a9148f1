/// The timed part of a trial: made just before the first worker is created, finished when the last one is done.
public struct Region: Sendable {
  /// What is to be done in it.
  public let job: Job
  /// Where the workers report.
  public let shares: ShareTable

  /// When the clock was started, in nanoseconds of `Clock.monotonic`.
  public let start: UInt64

  private let cursor: ChunkCursor?
  /// The workers that report here: all of them, or those of this process.
  let workers: Range<Int>

  /// Prepares memory for the reports, then starts the clock.
  public init(_ job: Job) {
    self.job = job
    workers = 0..<job.workers
    shares = ShareTable(workers: job.workers, slices: job.slices)
    cursor = job.sharedChunks.map(ChunkCursor.init)
    start = Clock.monotonic.now()
  }

  /// The same job as a worker does it in a process of its own: once more, or in place of one that was lost.
  ///
  /// - Parameters:
  ///   - worker: Which worker the caller is; its slot alone is made empty, for it has no use for the others'.
  ///   - start: When that region's clock was started.
  public func repeated(as worker: Int, from start: UInt64) -> Region {
    shares.clear(worker)
    return Region(job: job, workers: workers, shares: shares, cursor: nil, start: start)
  }

  init(job: Job, workers: Range<Int>, shares: ShareTable, cursor: ChunkCursor?, start: UInt64) {
    self.job = job
    self.workers = workers
    self.shares = shares
    self.cursor = cursor
    self.start = start
  }

  /// Where a worker's chunks come from: is handed what came of the last one, `nil` at first, and gives the next, `nil`
  /// when there are no more.
  public typealias Draw = (UInt128?) -> Range<UInt64>?

  /// Does one worker's part in the calling thread or process, and reports it in the worker's slot.
  ///
  /// - Parameters:
  ///   - worker: Which worker the caller is, from 0.
  ///   - inOwnProcess: Whether the worker has a process to itself, whose peak memory it then reports.
  ///   - draw: Where chunks come from, for a model whose workers cannot share memory.
  ///   - messages: What the worker's messages took; asked when it is done.
  public func work(
    as worker: Int, inOwnProcess: Bool = false, drawing draw: Draw? = nil,
    messages: () -> Messages = { Messages() }
  ) {
    guard job.workload.reportsShares else {
      _ = compute(as: worker, drawing: draw)
      return
    }
    timed(as: worker, inOwnProcess: inOwnProcess, messages: messages) { compute(as: worker, drawing: draw) }
  }

  /// Does one worker's part in a way of the caller's own, and reports it in the worker's slot.
  ///
  /// - Parameters:
  ///   - worker: Which worker the caller is, from 0.
  ///   - part: Does the part; its partial result.
  public func work(as worker: Int, doing part: () throws -> UInt128) rethrows {
    try timed(as: worker, inOwnProcess: false) { Part(result: try part()) }
  }

  /// Reports a part that ends now, of which the caller itself has measured the rest.
  ///
  /// - Parameters:
  ///   - result: Its partial result.
  ///   - worker: Which worker did it, from 0.
  ///   - begin: When it began, in nanoseconds of `Clock.monotonic`.
  ///   - cpuTime: The nanoseconds of CPU time that it used.
  public func report(_ result: UInt128, as worker: Int, from begin: UInt64, cpuTime: UInt64) {
    let end = Clock.monotonic.now()
    let head = ShareTable.Head(
      part: Part(result: result), begin: begin - start, end: end - start, cpuTime: cpuTime,
      core: Processor.currentCore() ?? -1, worker: worker)
    shares.setHead(head, of: worker)
  }

  private func timed(
    as worker: Int, inOwnProcess: Bool, messages: () -> Messages = { Messages() }, _ work: () throws -> Part
  ) rethrows {
    let begin = Clock.monotonic.now()
    let cpuTimeAtBegin = Clock.threadCPU.now()
    let part = try work()
    let cpuTime = Clock.threadCPU.now() - cpuTimeAtBegin
    let end = Clock.monotonic.now()
    let messages = messages()
    let head = ShareTable.Head(
      part: part, begin: begin - start, end: end - start, cpuTime: cpuTime - min(cpuTime, messages.cpuTime),
      peakMemory: inOwnProcess ? PeakMemory.sinceFork() ?? 0 : 0,
      core: Processor.currentCore() ?? -1, worker: worker, messages: messages)
    shares.setHead(head, of: worker)
  }

  private func compute(as worker: Int, drawing draw: Draw?) -> Part {
    switch (job.workload.work, job.extent) {
    case (.numbers, .upTo):
      return treatNumbers(as: worker, drawing: draw)
    case (.period(let count), .period(let length, let load)):
      let period = Period(start: start, length: length, load: load)
      return Part(result: count(period, SystemWorkClock(), shares.slices(of: worker)))
    default:
      preconditionFailure("\(job.workload.name) was given an extent of another kind")
    }
  }

  private func treatNumbers(as worker: Int, drawing draw: Draw?) -> Part {
    guard let compute = job.kernel?.compute else { preconditionFailure("\(job.workload.name) has no kernel") }
    if let range = job.range(of: worker) { return Part(result: compute(range)) }
    var part = Part()
    if let draw {
      var result: UInt128?
      while let chunk = draw(result) {
        let next = compute(chunk)
        part.add(next, of: chunk)
        result = next
      }
    } else if let cursor {
      while let chunk = cursor.take() { part.add(compute(chunk), of: chunk) }
    } else if let chunks = job.chunks {
      var position = UInt64(worker)
      while let chunk = chunks.chunk(at: position) {
        part.add(compute(chunk), of: chunk)
        position += UInt64(job.workers)
      }
    }
    return part
  }

  /// Merges the partial results, stops the clock, and gathers what the workers reported.
  ///
  /// To be called when every worker is done and its slot is filled.
  public func finish() -> TrialRecord {
    let result = partialResult
    let length = Clock.monotonic.now() - start
    return record(of: result, length)
  }

  /// What the workers found together that report here.
  public var partialResult: UInt128 {
    workers.reduce(0) { $0 + shares.head(of: $1).part.result }
  }

  /// The next chunk, for a worker in another process; `nil` when all are taken, and where there are none to take.
  public func takeChunk() -> Range<UInt64>? {
    cursor?.take()
  }
}

/// The system's clocks for the workloads.
private struct SystemWorkClock: WorkClock {
  func now() -> UInt64 { Clock.monotonic.now() }
  func cpuTime() -> UInt64 { Clock.threadCPU.now() }
  func sleep(until moment: UInt64) { Clock.sleep(until: moment) }
}
