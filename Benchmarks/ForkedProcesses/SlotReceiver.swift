import ModelKit

/// Receives one worker's slot from its pipe, in as many pieces as it arrives.
struct SlotReceiver {
  /// What there is of the slot after a piece has come.
  enum Progress {
    /// More is to come.
    case incomplete
    /// All of it.
    case complete
    /// Not all of it, and no more will come.
    case ended
  }

  /// Which worker sends.
  let worker: Int
  /// The end of the pipe to read from.
  let reader: Descriptor

  private var received = 0

  init(worker: Int, reader: Descriptor) {
    self.worker = worker
    self.reader = reader
  }

  /// Reads one piece to its place in the slot.
  ///
  /// - Throws: `SystemError`.
  mutating func receive(into slot: UnsafeMutableRawBufferPointer) throws(SystemError) -> Progress {
    let rest = UnsafeMutableRawBufferPointer(rebasing: slot[received...])
    let count = try reader.read(into: rest)
    received += count
    return received == slot.count ? .complete : count == 0 ? .ended : .incomplete
  }
}
