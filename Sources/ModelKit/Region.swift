/// The timed part of a trial, from creating the first worker to merging the last result.
public struct Region: Sendable {
  /// The work of the region.
  public let job: Job
  /// The memory for the workers' reports.
  public let shares: ShareTable

  /// The time at which the clock was started, in nanoseconds of `Clock.monotonic`.
  public let start: UInt64

  private let cursor: ChunkCursor?
  /// The workers that report here: all of them, or only those of this process.
  let workers: Range<Int>

  /// Creates a region: prepares memory for the reports, then starts the clock.
  public init(_ job: Job) {
    self.job = job
    workers = 0..<job.workers
    shares = ShareTable(workers: job.workers, slices: job.slices)
    cursor = job.sharedChunks.map(ChunkCursor.init)
    start = Clock.monotonic.now()
  }

  /// Returns a region for the same job in a worker's own process, to repeat the job or to replace a lost
  /// worker.
  ///
  /// - Parameters:
  ///   - worker: The number of the calling worker. Only its slot is cleared, because it does not use the
  ///     others.
  ///   - start: The time at which that region's clock was started.
  ///   - phase: The part of the trial that it is.
  public func repeated(as worker: Int, from start: UInt64, _ phase: Job.Phase) -> Region {
    shares.clear(worker)
    let job = job.inPhase(phase) ?? job
    return Region(job: job, workers: workers, shares: shares, cursor: nil, start: start)
  }

  init(job: Job, workers: Range<Int>, shares: ShareTable, cursor: ChunkCursor?, start: UInt64) {
    self.job = job
    self.workers = workers
    self.shares = shares
    self.cursor = cursor
    self.start = start
  }

  /// A source of a worker's chunks. It is passed the result of the last chunk, initially `nil`, and returns
  /// the next chunk, or `nil` when there are no more.
  public typealias Draw = (UInt128?) -> Range<UInt64>?

  /// Runs the share of `worker` on the calling thread or process and records its result and times in the
  /// worker's slot.
  ///
  /// - Parameters:
  ///   - worker: The number of the calling worker, from 0.
  ///   - inOwnProcess: Whether the worker has its own process, whose peak memory it then reports.
  ///   - draw: The source of chunks, for a model whose workers cannot share memory.
  ///   - messages: Returns the time spent on messages; called after the work.
  public func work(
    as worker: Int, inOwnProcess: Bool = false, drawing draw: Draw? = nil,
    messages: () -> Messages = { Messages() }
  ) {
    placeWorker(worker)
    guard job.workload.reportsShares else {
      _ = compute(as: worker, drawing: draw)
      return
    }
    timed(as: worker, inOwnProcess: inOwnProcess, messages: messages) { compute(as: worker, drawing: draw) }
  }

  /// Moves the calling thread to the CPU of the worker, if it has one.
  private func placeWorker(_ worker: Int) {
    guard job.placesWorkers, !job.cpus.isEmpty else { return }
    do {
      try Processor.bind(to: [job.cpus[worker]])
    } catch {
      // The CPU was usable when the program started: it has gone offline, and the results would be of another one.
      preconditionFailure("\(error)")
    }
  }

  /// Runs `part` as the worker's share and records its result and times in the worker's slot.
  ///
  /// - Parameters:
  ///   - worker: The number of the calling worker, from 0.
  ///   - part: Does the work and returns the partial result.
  public func work(as worker: Int, doing part: () throws -> UInt128) rethrows {
    try timed(as: worker, inOwnProcess: false) { Part(result: try part()) }
  }

  /// Records a share that ends now and that the caller has timed itself.
  ///
  /// - Parameters:
  ///   - result: The partial result.
  ///   - worker: The worker's number, from 0.
  ///   - begin: The time at which it began, in nanoseconds of `Clock.monotonic`.
  ///   - cpuTime: The CPU time that it used, in nanoseconds.
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
      return computeNumbers(as: worker, drawing: draw)
    case (.arrays, .upTo):
      return Part(result: UInt128(computeArrays(as: worker)))
    case (.period(let count), .period(let length, let load)):
      let period = Period(start: start, length: length, load: load)
      return Part(result: count(period, SystemWorkClock(), shares.slices(of: worker)))
    default:
      preconditionFailure("\(job.workload.name) does not support this extent")
    }
  }

  /// Does a worker's part of a phase, and returns how many steps were done, or found right.
  private func computeArrays(as worker: Int) -> UInt64 {
    guard let arrays = job.arrays else { preconditionFailure("\(job.workload.name) has no arrays") }
    switch job.phase {
    case .touch:
      arrays.touch(as: worker)
      return 0
    case .work: return arrays.pass(as: worker)
    case .check: return arrays.check(as: worker)
    }
  }

  private func computeNumbers(as worker: Int, drawing draw: Draw?) -> Part {
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

  /// Merges the partial results, stops the clock and returns the trial's record.
  ///
  /// Call it once, after every worker has finished and its slot is filled.
  public func finish() -> TrialRecord {
    let result = partialResult
    let length = Clock.monotonic.now() - start
    return record(of: result, length)
  }

  /// The sum of the partial results of the workers that report here.
  public var partialResult: UInt128 {
    workers.reduce(0) { $0 + shares.head(of: $1).part.result }
  }

  /// Takes the next chunk, for a worker in another process; returns `nil` when all chunks are taken, or if
  /// there are none.
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
