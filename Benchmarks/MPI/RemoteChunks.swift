#if MPI
  import CMPI
  import ModelKit
  import Synchronization

  /// The chunks that rank 0 deals to the workers of this process. Some are asked for ahead, so that nobody waits for a
  /// message to come and go.
  final class RemoteChunks: Sendable {
    /// How many answers are still to come. The answers of one rank come in the order of the requests.
    private let open: Mutex<Int>

    /// How many chunks a rank with so many threads asks for ahead.
    static func window(_ threads: Int) -> Int { 2 * threads }

    /// Asks for the first chunks.
    init(window: Int) {
      open = Mutex(window)
      for _ in 0..<window { Self.ask() }
    }

    /// Does a worker's part with the chunks that come, and reports how long it waited for them.
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

    /// The next chunk; `nil` when no more will come.
    private func next() -> Range<UInt64>? {
      open.withLock { open in
        var words: [UInt64] = [0, 0]
        while open > 0 {
          Ranks.check(scaleup_mpi_receive(&words, 2, 0, SCALEUP_MPI_CHUNK), "receive a chunk")
          if words[0] < words[1] {
            Self.ask()
            return words[0]..<words[1]
          }
          open -= 1
        }
        return nil
      }
    }

    private static func ask() {
      Ranks.check(scaleup_mpi_send([], 0, 0, SCALEUP_MPI_REQUEST), "ask for a chunk")
    }
  }
#endif
