/// Regions whose workers run in several processes, which report to the first of them.
extension Region {
  /// Creates the part of a region that belongs to this process: prepares memory for its workers' reports,
  /// then starts.
  ///
  /// - Parameters:
  ///   - workers: The workers in this process.
  ///   - start: Returns the time at which the region started, by this machine's clock; called after the
  ///     preparation.
  public init(_ job: Job, workers: Range<Int>, from start: () -> UInt64) {
    let shares = ShareTable(first: workers.lowerBound, workers: workers.count, slices: job.slices)
    let cursor = job.sharedChunks.map(ChunkCursor.init)
    self.init(job: job, workers: workers, shares: shares, cursor: cursor, start: start())
  }

  /// The number of bytes of a worker's report, without its counts per slice.
  public static var sizeOfReport: Int { MemoryLayout<ShareTable.Head>.size }

  /// Returns a worker's report in the form sent to another process.
  public func report(of worker: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: shares.slot(of: worker)[..<Self.sizeOfReport])
  }

  /// Returns the record of the whole region, in the process that received the reports of all workers.
  ///
  /// The offset between the clocks of two machines is only an estimate: times past the region's end are set
  /// to its end.
  ///
  /// - Parameters:
  ///   - result: The result.
  ///   - length: The duration of the region in nanoseconds.
  ///   - reports: Returns a worker's report; `nil` if there are no reports.
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
