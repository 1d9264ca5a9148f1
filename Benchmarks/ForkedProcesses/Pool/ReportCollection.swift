import ModelKit

/// The parent's view of a region: which workers have still to report, and which chunks they compute.
struct ReportCollection {
  let region: Region

  private var scheduler: ChunkScheduler?
  private var receivers: [ReportReceiver]
  private var pipes: PollSet
  private var watch: SilenceWatch
  private var missing: Int

  /// Prepares to read the reports of workers that have begun a region, and assigns the first chunks if it has any.
  ///
  /// - Throws: `SystemError`.
  init(of region: Region, from workers: [WorkerProcess]) throws(SystemError) {
    self.region = region
    scheduler = region.job.sharedChunks.map { ChunkScheduler($0, workers: workers.count) }
    receivers = workers.map { ReportReceiver(slot: region.shares.slot(of: $0.number)) }
    pipes = PollSet(workers.map(\.reports))
    watch = SilenceWatch(over: region)
    missing = workers.count
    for _ in 0..<ChunkScheduler.chunksAhead {
      for worker in workers { try assignChunk(to: worker) }
    }
  }

  /// Whether every worker has reported its share.
  var isComplete: Bool { missing == 0 }

  /// The current time as last read, in nanoseconds of `Clock.monotonic`.
  var now: UInt64 { watch.now }

  /// Waits until a worker has written or died, or until it is time to look for silent workers.
  ///
  /// - Returns: The numbers of the workers to read from.
  /// - Throws: `SystemError`.
  mutating func poll() throws(SystemError) -> [Int] {
    let ready = try pipes.wait(for: watch.patience)
    watch.wake()
    return ready
  }

  /// Reads what a worker has written, and assigns it a new chunk for each that it has computed.
  ///
  /// - Returns: The cause if the worker is lost.
  /// - Throws: `SystemError`.
  mutating func read(from worker: WorkerProcess) throws(SystemError) -> WorkerLoss.Cause? {
    let number = worker.number
    let piece = try receivers[number].receive(from: worker.reports)
    if piece.state != .closed { watch.hear(number) }
    for result in piece.results {
      guard scheduler?.add(result, of: number) == true else { return .malformed }
      try assignChunk(to: worker)
    }
    switch piece.state {
    case .open: return nil
    case .closed: return .ended(nil)
    case .malformed: return .malformed
    case .complete: return complete(number) ? nil : .malformed
    }
  }

  /// Returns the workers that have been silent for longer than the timeout.
  mutating func findSilent() -> [Int] {
    watch.findSilent()
  }

  /// The time since a worker's last report, in nanoseconds.
  func silence(of worker: Int) -> UInt64 {
    watch.silence(of: worker)
  }

  /// Expects all that is missing of a lost worker from a new process, and assigns chunks to it.
  ///
  /// - Throws: `SystemError`.
  mutating func expectReports(from replacement: WorkerProcess) throws(SystemError) {
    let number = replacement.number
    receivers[number] = ReportReceiver(slot: region.shares.slot(of: number))
    pipes.watch(replacement.reports, at: number)
    watch.hear(number)
    scheduler?.reclaimChunks(of: number)
    for _ in 0..<ChunkScheduler.chunksAhead { try assignChunk(to: replacement) }
  }

  /// Enters a filled slot.
  ///
  /// - Returns: Whether the worker had reported every chunk.
  private mutating func complete(_ number: Int) -> Bool {
    if let scheduler {
      guard let part = scheduler.completedPart(of: number) else { return false }
      region.shares.setPart(part, of: number)
    }
    pipes.ignore(number)
    watch.ignore(number)
    missing -= 1
    return true
  }

  private mutating func assignChunk(to worker: WorkerProcess) throws(SystemError) {
    if let order = scheduler?.nextOrder(for: worker.number) { try worker.send(order) }
  }
}
