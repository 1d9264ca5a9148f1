#if MPI
  import CMPI
  import Dispatch
  import ModelKit

  /// One rank a worker, or one rank for several threads of Dispatch: processes on one machine or on many, which a
  /// launcher has started and which exchange messages by MPI.
  ///
  /// Rank 0 tells the others that the region has begun, does its own part, and gets the sum of all partial results; it
  /// also deals chunks where they are shared. Both go through trees, so that no rank sends or receives more than
  /// O(log P) messages. What each rank has to report is gathered after the last region. That the processes are started
  /// is no part of the region. A call of MPI that fails ends the job.
  final class MessagePassing {
    static let program = ModelProgram(
      model: "mpi", summary: "one MPI rank a worker, which a launcher starts, on one machine or on many",
      maximumWorkers: 1 << 20, isLaunched: true)

    private var ranks: Ranks?
    private var clock = HostClock()
    private var regionsDone = 0

    /// Joins the other processes.
    ///
    /// - Parameter threads: The threads that each is to have.
    /// - Returns: How many there are.
    /// - Throws: `JobRefusal`, in all of them.
    func join(threads: Int) throws -> Int {
      let ranks = Ranks.join()
      self.ranks = ranks
      try ranks.refuseOtherExecutables()
      try ranks.refuseTooManyThreads(threads)
      clock = HostClock(of: ranks)
      return ranks.count
    }

    /// Runs a region. Its record is in rank 0, and `nil` elsewhere.
    func run(_ job: Job) -> TrialRecord? {
      guard let ranks else { preconditionFailure("a job without processes") }
      let threads = job.threadsPerRank ?? 1
      var arrival: UInt64 = 0
      let region = Region(job, workers: ranks.workers(threads)) {
        let start = ranks.begin(clock)
        arrival = Clock.monotonic.now() - start
        return start
      }
      doPart(of: region, threads, ranks, arrival)
      let result = ranks.sum(region.partialResult)
      let length = Clock.monotonic.now() - region.start
      regionsDone += 1
      if regionsDone < job.repetitions {
        return ranks.isFirst ? region.record(of: result, length: length) : nil
      }
      let reports = RankReports(of: region, threads, ranks, clock)
      return ranks.isFirst ? reports.record(of: region, result, length) : nil
    }

    private func doPart(of region: Region, _ threads: Int, _ ranks: Ranks, _ arrival: UInt64) {
      let isDealt = region.job.sharedChunks != nil && ranks.count > 1
      switch (isDealt, ranks.isFirst) {
      case (false, _):
        Self.perform(ranks.workers(threads)) { region.work(as: $0, messages: { Messages(arrival: arrival) }) }
      case (true, true):
        ranks.whileDealing(chunksOf: region, window: RemoteChunks.window(threads)) {
          Self.perform(ranks.workers(threads)) {
            region.work(as: $0, messages: { Messages(arrival: arrival) })
          }
        }
      case (true, false):
        let chunks = RemoteChunks(window: RemoteChunks.window(threads))
        Self.perform(ranks.workers(threads)) { chunks.work(as: $0, in: region, arrival) }
      }
    }

    /// Lets every worker of this process do something: the calling thread where there is one, else those of Dispatch.
    private static func perform(_ workers: Range<Int>, _ body: @Sendable (Int) -> Void) {
      if workers.count == 1 { return body(workers.lowerBound) }
      DispatchQueue.concurrentPerform(iterations: workers.count) { body(workers.lowerBound + $0) }
    }

    /// Says in one process what is to be said of the job, and leaves it.
    ///
    /// - Returns: The status to exit with.
    func leave(saying output: ProgramOutput) -> Int32 {
      guard let ranks else {
        // The command line is all that was looked at, and every process has the same.
        return (Ranks.numberByLauncher ?? 0) == 0 ? output.deliver() : output.status
      }
      var output = output
      let isFailure = output.status == 1
      if isFailure, !ranks.isFirst {
        output.error.replace("scaleup-mpi: ", with: "scaleup-mpi: \(ranks.name): ", maxReplacements: 1)
      }
      let status = ranks.isFirst || isFailure ? output.deliver() : output.status
      // What only one process knows would leave the others waiting for it.
      if isFailure { scaleup_mpi_abort() }
      scaleup_mpi_leave()
      return status
    }
  }
#endif
