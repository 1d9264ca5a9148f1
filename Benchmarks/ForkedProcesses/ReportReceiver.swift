import ModelKit

/// Receives what one worker sends in a region: a notice for every chunk that is done, then its slot, in as many
/// pieces as it arrives.
struct ReportReceiver {
  /// What a piece has brought.
  struct Progress: Equatable {
    /// How many chunks were done.
    var chunksDone = 0
    /// Whether all of the slot is there.
    var isSlotComplete = false
    /// Whether nothing more will come.
    var isEnded = false
  }

  /// Which worker sends.
  let worker: Int
  /// The end of the pipe to read from.
  let reader: Descriptor

  private var isSlotBegun = false
  private var received = 0

  init(worker: Int, reader: Descriptor) {
    self.worker = worker
    self.reader = reader
  }

  /// Reads one piece, what belongs to the slot to its place there.
  ///
  /// - Throws: `SystemError`.
  mutating func receive(into slot: UnsafeMutableRawBufferPointer) throws(SystemError) -> Progress {
    var progress = Progress()
    if isSlotBegun {
      let rest = UnsafeMutableRawBufferPointer(rebasing: slot[received...])
      let count = try reader.read(into: rest)
      received += count
      progress.isEnded = count == 0
    } else {
      let piece = try reader.read(atMost: slot.count)
      let notices = piece.prefix { $0 == WorkerBody.Notice.chunkDone }
      progress.chunksDone = notices.count
      let rest = piece.dropFirst(notices.count)
      isSlotBegun = rest.first == WorkerBody.Notice.slotFollows
      // A worker that says anything else is as good as gone.
      progress.isEnded = piece.isEmpty || !rest.isEmpty && !isSlotBegun
      if isSlotBegun {
        slot.copyBytes(from: rest.dropFirst())
        received = rest.count - 1
      }
    }
    progress.isSlotComplete = received == slot.count
    return progress
  }
}
