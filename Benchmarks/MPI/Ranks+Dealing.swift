#if MPI
  import CMPI
  import ModelKit

  extension Ranks {
    /// How long rank 0 rests where nobody asks for a chunk: its core is for its workers. That the others need not wait
    /// meanwhile is what their windows are for.
    private static let rest: UInt64 = 50_000

    /// Deals the chunks of a region to the other ranks until each knows that there are no more, while the workers of
    /// rank 0 take theirs in another thread.
    ///
    /// - Parameter window: How many chunks each of the others asks for ahead.
    func whileDealing(chunksOf region: Region, window: Int, _ work: @escaping @Sendable () -> Void) {
      let thread = Result { () throws(SystemError) in try Thread(work) }
      var open = window * (count - 1)
      while open > 0 {
        var rank: Int32 = -1
        Self.check(scaleup_mpi_take(&rank, SCALEUP_MPI_REQUEST), "deal chunks")
        if rank < 0 {
          Clock.sleep(until: Clock.monotonic.now() + Self.rest)
          continue
        }
        let chunk = region.takeChunk()
        let words = [chunk?.lowerBound ?? 0, chunk?.upperBound ?? 0]
        Self.check(scaleup_mpi_send(words, 2, rank, SCALEUP_MPI_CHUNK), "deal chunks")
        if chunk == nil { open -= 1 }
      }
      // Without a thread the others have done all the work but what was left.
      switch thread {
      case .success(let thread): thread.join()
      case .failure: work()
      }
    }
  }
#endif
