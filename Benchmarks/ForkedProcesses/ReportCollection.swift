import ModelKit

/// The parent's part of a region: deals chunks, if there are any, fills every worker's slot with what it sends, in
/// whatever order and pieces that arrives, and replaces workers that are lost.
struct ReportCollection {
  /// The workers as they are now.
  private(set) var workers: [WorkerProcess]
  /// Those that were replaced, in this region and before it.
  private(set) var restarts: [Restart]

  private let region: Region
  private let position: Int
  private var dealer: ChunkDealer?
  private var receivers: [ReportReceiver]
  private var pipes: PollSet
  private var watch: SilenceWatch
  private var missing: Int

  /// Collects what the workers report of a region that they have begun.
  ///
  /// - Parameters:
  ///   - region: The region.
  ///   - position: Which it is of those of the program, from 0.
  ///   - workers: The workers.
  ///   - restarts: Those that were replaced before.
  init(of region: Region, at position: Int, from workers: [WorkerProcess], _ restarts: [Restart]) {
    self.region = region
    self.position = position
    self.workers = workers
    self.restarts = restarts
    dealer = region.job.sharedChunks.map { ChunkDealer($0, workers: workers.count) }
    receivers = workers.map { ReportReceiver(slot: region.shares.slot(of: $0.number)) }
    pipes = PollSet(workers.map(\.reader))
    watch = SilenceWatch(over: region)
    missing = workers.count
  }

  /// Returns when every slot is filled.
  ///
  /// - Throws: `WorkerLoss`; `DescriptorShortage`; `SystemError`.
  mutating func collect() throws {
    for _ in 0..<ChunkDealer.ordersAhead {
      for worker in workers { try deal(to: worker) }
    }
    while missing > 0 {
      let ready = try pipes.wait(for: watch.patience)
      watch.wake()
      for worker in ready { try receive(from: workers[worker]) }
      for worker in watch.findSilent() { try replace(workers[worker], .silent(region.job.timeout ?? 0)) }
    }
  }

  private mutating func receive(from worker: WorkerProcess) throws {
    let number = worker.number
    let piece = try receivers[number].receive(from: worker.reader)
    if piece.end != .closed { watch.hear(number) }
    for result in piece.results {
      guard dealer?.settle(result, of: number) == true else { return try replace(worker, .nonsense) }
      try deal(to: worker)
    }
    switch piece.end {
    case .open: break
    case .closed: try replace(worker, .ended(nil))
    case .nonsense: try replace(worker, .nonsense)
    case .complete:
      if let dealer {
        guard let part = dealer.done(by: number) else { return try replace(worker, .nonsense) }
        region.shares.setPart(part, of: number)
      }
      pipes.ignore(number)
      watch.ignore(number)
      missing -= 1
    }
  }

  /// Lets a fresh worker do again what a lost one had not reported.
  private mutating func replace(_ worker: WorkerProcess, _ cause: WorkerLoss.Cause) throws {
    let number = worker.number
    // One that talks nonsense, or does not talk, may still run.
    worker.kill()
    let status = worker.reap()
    let cause = cause == .ended(nil) ? .ended(status) : cause
    guard restarts.count < region.job.retries else {
      throw WorkerLoss(
        worker: number, process: worker.identifier, cause: cause, retries: region.job.retries)
    }
    restarts.append(
      Restart(
        worker: number, region: position, cause: cause.description, at: watch.now - region.start,
        lost: watch.silence(of: number)))
    workers[number] = try .fork(number, in: region)
    receivers[number] = ReportReceiver(slot: region.shares.slot(of: number))
    pipes.watch(workers[number].reader, at: number)
    watch.hear(number)
    dealer?.takeBack(from: number)
    for _ in 0..<ChunkDealer.ordersAhead { try deal(to: workers[number]) }
  }

  private mutating func deal(to worker: WorkerProcess) throws(SystemError) {
    if let order = dealer?.nextOrder(for: worker.number) { try worker.send(order) }
  }
}
