extension Region {
  /// The region as a trial record.
  ///
  /// - Parameters:
  ///   - result: What came out.
  ///   - length: The nanoseconds that it took.
  func record(of result: UInt128, _ length: UInt64) -> TrialRecord {
    var record = TrialRecord(result: ExactInteger(result), region: length)
    record.workload = job.workload.name
    record.kernel = job.kernel?.name ?? "scalar"
    record.instructionSet = job.kernel?.instructionSet
    record.workers = job.workers
    if job.schedule != .even { record.schedule = job.schedule.kind.rawValue }
    record.grain = job.schedule.grain
    switch job.extent {
    case .upTo(let last): record.upTo = last
    case .period(let length, let load): (record.duration, record.load) = (length, load)
    }
    if job.workload.reportsShares { record.shares = (0..<job.workers).map(share) }
    return record
  }

  private func share(of worker: Int) -> Share {
    let head = shares.head(of: worker)
    let isChunked = job.chunks != nil
    return Share(
      worker: worker,
      range: job.range(of: worker).map { .init(lower: $0.lowerBound, upper: $0.upperBound) },
      chunks: isChunked ? head.part.chunks : nil, numbers: isChunked ? head.part.numbers : nil,
      result: ExactInteger(head.part.result),
      begin: head.begin, end: head.end, cpuTime: head.cpuTime,
      core: head.core < 0 ? nil : head.core,
      peakMemory: head.peakMemory == 0 ? nil : head.peakMemory,
      slices: job.slices == 0 ? nil : Array(shares.slices(of: worker)))
  }
}
