#if MPI
  import CMPI
  import Dispatch
  import ModelKit

  /// One rank per worker, or one rank with several threads of Dispatch: processes on one machine or on several, started by
  /// a launcher, which exchange messages through MPI.
  ///
  /// Rank 0 broadcasts the start of a region, computes its own share, and receives the sum of all partial results. Both
  /// messages use trees, so that each rank sends and receives O(log P) messages. With shared chunks, rank 0 also assigns
  /// the chunks. The reports of all ranks are gathered after the last region. The region excludes the start of the
  /// processes. An MPI call that fails ends the job.
  final class MessagePassing {
    static let program = ModelProgram(
      model: "mpi", summary: "one MPI rank per worker, started by a launcher, on one machine or several",
      maximumWorkers: 1 << 20, isLaunched: true, usesThreadPool: true)

    private var ranks: Ranks?
    private var clock = HostClock()
    private var regionsDone = 0

    /// Joins the job.
    ///
    /// - Parameter threads: The number of threads per rank.
    /// - Returns: The number of ranks.
    /// - Throws: `JobError`, in every rank.
    func join(threads: Int) throws -> Int {
      let ranks = Ranks.join()
      self.ranks = ranks
      try ranks.requireSameExecutable()
      try ranks.checkThreads(threads)
      clock = HostClock(of: ranks)
      return ranks.count
    }

    /// Runs a region. Returns its record in rank 0, and `nil` elsewhere.
    func run(_ job: Job) -> TrialRecord? {
      guard let ranks else { preconditionFailure("run before join") }
      let threads = job.threadsPerRank ?? 1
      var arrival: UInt64 = 0
      let region = Region(job, workers: ranks.workers(threads)) {
        let start = ranks.begin(clock)
        arrival = Clock.monotonic.now() - start
        return start
      }
      work(in: region, threads, ranks, arrival)
      let result = ranks.sum(region.partialResult)
      let length = Clock.monotonic.now() - region.start
      if job.phase == .work { regionsDone += 1 }
      if job.phase != .work || regionsDone < job.repetitions {
        return ranks.isFirst ? region.record(of: result, length: length) : nil
      }
      let reports = RankReports(of: region, threads, ranks, clock)
      return ranks.isFirst ? reports.record(of: region, result, length) : nil
    }

    private func work(in region: Region, _ threads: Int, _ ranks: Ranks, _ arrival: UInt64) {
      let isRemote = region.job.sharedChunks != nil && ranks.count > 1
      switch (isRemote, ranks.isFirst) {
      case (false, _):
        Self.perform(ranks.workers(threads)) { region.work(as: $0, messages: { Messages(arrival: arrival) }) }
      case (true, true):
        ranks.assignChunks(of: region, window: RemoteChunks.window(threads)) {
          Self.perform(ranks.workers(threads)) {
            region.work(as: $0, messages: { Messages(arrival: arrival) })
          }
        }
      case (true, false):
        let chunks = RemoteChunks(window: RemoteChunks.window(threads))
        Self.perform(ranks.workers(threads)) { chunks.work(as: $0, in: region, arrival) }
      }
    }

    /// Runs `body` for every worker of this rank: on the calling thread for one worker, else on threads of Dispatch.
    private static func perform(_ workers: Range<Int>, _ body: @Sendable (Int) -> Void) {
      if workers.count == 1 { return body(workers.lowerBound) }
      DispatchQueue.concurrentPerform(iterations: workers.count) { body(workers.lowerBound + $0) }
    }

    /// Prints the output in one rank, and leaves the job.
    ///
    /// - Returns: The exit status.
    func leave(printing output: ProgramOutput) -> Int32 {
      guard let ranks else {
        // The output depends only on the command line, which is the same in every rank.
        return (Ranks.numberByLauncher ?? 0) == 0 ? output.deliver() : output.status
      }
      var output = output
      let isFailure = output.status == 1
      if isFailure, !ranks.isFirst {
        output.error.replace("scaleup-mpi: ", with: "scaleup-mpi: \(ranks.name): ", maxReplacements: 1)
      }
      let status = ranks.isFirst || isFailure ? output.deliver() : output.status
      // The other ranks may not know of the failure, and would wait for this one.
      if isFailure { scaleup_mpi_abort() }
      scaleup_mpi_leave()
      return status
    }
  }
#endif
