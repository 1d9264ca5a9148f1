import ModelKit

/// Receives what one worker sends in a region: what came of every chunk, then its slot, in as many pieces as that
/// arrives.
struct ReportReceiver {
  /// What a piece has brought.
  struct Piece: Equatable {
    /// How the reports go on.
    enum End { case open, complete, closed, nonsense }

    /// What came of chunks.
    var results: [UInt128] = []
    /// Whether more is to come, all of the slot is there, nothing more will come, or what came is no report.
    var end = End.open
  }

  private static let resultSize = MemoryLayout<UInt128>.size

  private let slot: UnsafeMutableRawBufferPointer
  /// What has come of a report that is not whole.
  private var begun: [UInt8] = []
  /// How many bytes of the slot are there; `nil` as long as it has not begun.
  private var filled: Int?

  /// Receives into a slot.
  init(slot: UnsafeMutableRawBufferPointer) {
    self.slot = slot
  }

  /// Reads one piece, what belongs to the slot to its place there.
  ///
  /// - Throws: `SystemError`.
  mutating func receive(from reader: Descriptor) throws(SystemError) -> Piece {
    guard let filled else { return take(try reader.read(atMost: 1 + slot.count)) }
    let count = try reader.read(into: UnsafeMutableRawBufferPointer(rebasing: slot[filled...]))
    self.filled = filled + count
    return Piece(end: count == 0 ? .closed : isComplete ? .complete : .open)
  }

  private var isComplete: Bool { filled == slot.count }

  /// Takes whole reports out of what has come up to the slot.
  private mutating func take(_ bytes: [UInt8]) -> Piece {
    if bytes.isEmpty { return Piece(end: .closed) }
    var piece = Piece()
    var rest = begun.isEmpty ? bytes[...] : (begun + bytes)[...]
    while rest.first == WorkerBody.Notice.chunk, rest.count > Self.resultSize {
      piece.results.append(rest.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 1, as: UInt128.self) })
      rest = rest.dropFirst(1 + Self.resultSize)
    }
    begun = Array(rest)
    switch rest.first {
    case nil, WorkerBody.Notice.chunk: break
    case WorkerBody.Notice.slot where rest.count <= 1 + slot.count:
      slot.copyBytes(from: rest.dropFirst())
      filled = rest.count - 1
      piece.end = isComplete ? .complete : .open
    default: piece.end = .nonsense
    }
    return piece
  }
}
