/// A region whose workers are in several processes, which report to the first of them.
extension Region {
  /// The part of a region that this process has: prepares memory for its workers' reports, then starts.
  ///
  /// - Parameters:
  ///   - workers: The workers in this process.
  ///   - start: When the region was started, by the clock of this machine; called when all is prepared.
  public init(_ job: Job, workers: Range<Int>, from start: () -> UInt64) {
    let shares = ShareTable(first: workers.lowerBound, workers: workers.count, slices: job.slices)
    let cursor = job.sharedChunks.map(ChunkCursor.init)
    self.init(job: job, workers: workers, shares: shares, cursor: cursor, start: start())
  }

  /// The bytes that tell what a worker has done, without its counts per slice.
  public static var sizeOfReport: Int { MemoryLayout<ShareTable.Head>.size }

  /// What a worker has done, as it travels to another process.
  public func report(of worker: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: shares.slot(of: worker)[..<Self.sizeOfReport])
  }

  /// The region as a whole, in the process that got the reports of all workers.
  ///
  /// The clocks of two machines are known but roughly: a time that cannot be, past the region's end, is set to it.
  ///
  /// - Parameters:
  ///   - result: What came out.
  ///   - length: The nanoseconds that the region took.
  ///   - reports: What a worker has done; `nil` where nobody has told it.
  public func record(
    of result: UInt128, length: UInt64, reports: ((Int) -> UnsafeRawBufferPointer)? = nil
  ) -> TrialRecord {
    guard let reports else { return summary(of: result, length) }
    let all = Region(
      job: job, workers: 0..<job.workers, shares: ShareTable(workers: job.workers, slices: 0), cursor: nil,
      start: start)
    for worker in 0..<job.workers {
      var head = reports(worker).loadUnaligned(as: ShareTable.Head.self)
      head.end = min(head.end, length)
      head.begin = min(head.begin, head.end)
      head.messages.arrival = min(head.messages.arrival, head.begin)
      all.shares.setHead(head, of: worker)
    }
    return all.record(of: result, length)
  }
}
