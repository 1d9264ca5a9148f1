#if MPI
  import CMPI
  import ModelKit
  import Synchronization

  /// The chunks that rank 0 assigns to the workers of this rank. Some are requested ahead, so that no worker waits for a
  /// round trip.
  final class RemoteChunks: Sendable {
    /// The number of outstanding answers. They come in the order of the requests.
    private let open: Mutex<Int>

    /// Returns the number of chunks that a rank requests ahead.
    static func window(_ threads: Int) -> Int { 2 * threads }

    /// Requests the first chunks.
    init(window: Int) {
      open = Mutex(window)
      for _ in 0..<window { Self.request() }
    }

    /// Computes a worker's chunks, and records how long it waited for them.
    func work(as worker: Int, in region: Region, _ arrival: UInt64) {
      var messages = Messages(arrival: arrival)
      region.work(
        as: worker,
        drawing: { _ in
          let (time, cpuTime) = (Clock.monotonic.now(), Clock.threadCPU.now())
          let chunk = self.next()
          messages.cpuTime += Clock.threadCPU.now() - cpuTime
          messages.time += Clock.monotonic.now() - time
          return chunk
        }, messages: { messages })
    }

    /// Returns the next chunk; `nil` when none is left.
    private func next() -> Range<UInt64>? {
      open.withLock { open in
        var words: [UInt64] = [0, 0]
        while open > 0 {
          Ranks.check(scaleup_mpi_receive(&words, 2, 0, SCALEUP_MPI_CHUNK), "receive a chunk")
          if words[0] < words[1] {
            Self.request()
            return words[0]..<words[1]
          }
          open -= 1
        }
        return nil
      }
    }

    private static func request() {
      Ranks.check(scaleup_mpi_send([], 0, 0, SCALEUP_MPI_REQUEST), "request a chunk")
    }
  }
#endif
