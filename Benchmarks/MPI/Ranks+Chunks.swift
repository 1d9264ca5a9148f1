#if MPI
  import CMPI
  import ModelKit

  extension Ranks {
    /// The time that rank 0 sleeps if no request has arrived, in nanoseconds, so that its workers have the core. The other
    /// ranks do not wait meanwhile, because they request chunks ahead.
    private static let rest: UInt64 = 50_000

    /// Assigns the chunks of a region to the other ranks until none is left, while the workers of rank 0 run `work` in
    /// another thread.
    ///
    /// - Parameter window: The number of chunks that each of the other ranks requests ahead.
    func assignChunks(of region: Region, window: Int, _ work: @escaping @Sendable () -> Void) {
      let thread = Result { () throws(SystemError) in try Thread(work) }
      var open = window * (count - 1)
      while open > 0 {
        var rank: Int32 = -1
        Self.check(scaleup_mpi_take(&rank, SCALEUP_MPI_REQUEST), "assign chunks")
        if rank < 0 {
          Clock.sleep(until: Clock.monotonic.now() + Self.rest)
          continue
        }
        let chunk = region.takeChunk()
        let words = [chunk?.lowerBound ?? 0, chunk?.upperBound ?? 0]
        Self.check(scaleup_mpi_send(words, 2, rank, SCALEUP_MPI_CHUNK), "assign chunks")
        if chunk == nil { open -= 1 }
      }
      // If no thread could be created, the workers of rank 0 compute what the others left.
      switch thread {
      case .success(let thread): thread.join()
      case .failure: work()
      }
    }
  }
#endif
