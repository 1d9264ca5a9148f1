import ModelKit

/// Reads the reports of one worker in one region: the results of its chunks, then its slot. The bytes may arrive in
/// pieces of any size.
struct ReportReceiver {
  /// The contents of one read.
  struct Piece: Equatable {
    /// The state of the reports after the piece.
    enum State {
      /// More is to come.
      case open
      /// The slot is filled.
      case complete
      /// The worker has closed the pipe.
      case closed
      /// The bytes are no report.
      case malformed
    }

    /// The results of chunks, in the order in which the chunks were assigned.
    var results: [UInt128] = []
    var state = State.open
  }

  private static let resultSize = MemoryLayout<UInt128>.size

  private let slot: UnsafeMutableRawBufferPointer
  /// The beginning of a report that has not arrived whole.
  private var begun: [UInt8] = []
  /// The number of bytes in the slot; `nil` before its report begins.
  private var filled: Int?

  init(slot: UnsafeMutableRawBufferPointer) {
    self.slot = slot
  }

  /// Reads one piece, and copies bytes of the slot into it.
  ///
  /// - Throws: `SystemError`.
  mutating func receive(from reader: Descriptor) throws(SystemError) -> Piece {
    guard let filled else { return split(try reader.read(atMost: 1 + slot.count)) }
    let count = try reader.read(into: UnsafeMutableRawBufferPointer(rebasing: slot[filled...]))
    self.filled = filled + count
    return Piece(state: count == 0 ? .closed : isComplete ? .complete : .open)
  }

  private var isComplete: Bool { filled == slot.count }

  /// Splits bytes into reports, and keeps the beginning of the last one if it is not whole.
  private mutating func split(_ bytes: [UInt8]) -> Piece {
    if bytes.isEmpty { return Piece(state: .closed) }
    var piece = Piece()
    var rest = begun.isEmpty ? bytes[...] : (begun + bytes)[...]
    while rest.first == ReportKind.chunk, rest.count > Self.resultSize {
      piece.results.append(rest.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 1, as: UInt128.self) })
      rest = rest.dropFirst(1 + Self.resultSize)
    }
    begun = Array(rest)
    switch rest.first {
    case nil, ReportKind.chunk: break
    case ReportKind.slot where rest.count <= 1 + slot.count:
      slot.copyBytes(from: rest.dropFirst())
      filled = rest.count - 1
      piece.state = isComplete ? .complete : .open
    default: piece.state = .malformed
    }
    return piece
  }
}
