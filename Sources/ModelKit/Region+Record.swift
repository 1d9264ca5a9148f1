extension Region {
  /// Returns the region as a trial record.
  ///
  /// - Parameters:
  ///   - result: The result.
  ///   - length: The duration in nanoseconds.
  func record(of result: UInt128, _ length: UInt64) -> TrialRecord {
    var record = summary(of: result, length)
    if job.workload.reportsShares { record.shares = workers.map(share) }
    return record
  }

  /// Returns the region as a trial record without the workers' shares.
  func summary(of result: UInt128, _ length: UInt64) -> TrialRecord {
    var record = TrialRecord(result: ExactInteger(result), region: length)
    record.workload = job.workload.name
    record.kernel = job.kernel?.name ?? "scalar"
    record.instructionSet = job.kernel?.instructionSet
    record.workers = job.workers
    record.threadsPerRank = job.threadsPerRank
    if job.schedule != .even { record.schedule = job.schedule.kind.rawValue }
    record.grain = job.schedule.grain
    record.placement = job.placement?.text
    if !job.cpus.isEmpty { record.placedCPUs = Set(job.cpus).count }
    record.operation = job.streams?.operation.rawValue
    record.size = job.streams?.size
    switch job.extent {
    case .upTo(let last): record.upTo = last
    case .period(let length, let load): (record.duration, record.load) = (length, load)
    }
    return record
  }

  private func share(of worker: Int) -> Share {
    let head = shares.head(of: worker)
    let isChunked = job.chunks != nil
    var share = Share(
      worker: worker,
      range: job.range(of: worker).map { .init(lower: $0.lowerBound, upper: $0.upperBound) },
      chunks: isChunked ? head.part.chunks : nil, numbers: isChunked ? head.part.numbers : nil,
      result: ExactInteger(head.part.result),
      begin: head.begin, end: head.end, cpuTime: head.cpuTime,
      core: head.core < 0 ? nil : head.core,
      peakMemory: head.peakMemory == 0 ? nil : head.peakMemory,
      slices: shares.hasSlices ? Array(shares.slices(of: worker)) : nil)
    if job.threadsPerRank != nil {
      (share.arrival, share.communication) = (head.messages.arrival, head.messages.time)
    }
    return share
  }
}
