/// Decodes a chunked body that arrives in pieces (RFC 9112, section 7.1). Trailers are checked and discarded.
struct ChunkedDecoder: Sendable {
  /// The most bytes that the extensions of all chunks of a message may have.
  static let extensionLimit = 1024
  /// The most digits of a size: those of 64 bits.
  private static let digitLimit = 16

  /// The next part of a body.
  enum Step: Equatable {
    /// The bytes end before the body does. All were used.
    case needsMore
    /// Data, which ends where the next step starts.
    case data(Range<Int>)
    /// The body and its trailers end before this offset.
    case end(Int)
  }

  private enum Part {
    case size, extensions, sizeEnd, data, dataEnd, dataLineFeed, trailers, done
  }

  /// The number of bytes of data in all chunks whose sizes were read.
  private(set) var bodyLength = 0
  private let bodyLimit: Int
  private var part = Part.size
  private var size: UInt64 = 0
  private var digits = 0
  private var remaining = 0
  private var extensions = ChunkExtensions()
  private var extensionBytes = 0
  private var trailers: TrailerChecker

  /// Creates a decoder with limits in bytes and of the number of trailers.
  init(bodyLimit: Int, trailerLimit: Int, trailerCountLimit: Int) {
    self.bodyLimit = bodyLimit
    trailers = TrailerChecker(byteLimit: trailerLimit, countLimit: trailerCountLimit)
  }

  /// Returns the next step from an offset.
  mutating func next(in bytes: RawSpan, from start: Int) throws(ChunkError) -> Step {
    var offset = start
    while offset < bytes.byteCount {
      if part == .data {
        let count = min(remaining, bytes.byteCount - offset)
        remaining -= count
        if remaining == 0 { part = .dataEnd }
        return .data(offset..<offset + count)
      }
      try take(bytes.byte(offset))
      offset += 1
      if part == .done { return .end(offset) }
    }
    return .needsMore
  }

  private mutating func take(_ byte: UInt8) throws(ChunkError) {
    switch part {
    case .size: try takeSize(byte)
    case .extensions: try takeExtension(byte)
    case .sizeEnd:
      guard byte == .lf else { throw .missingLineEnd }
      try startChunk()
    case .dataEnd:
      guard byte == .cr else { throw .missingLineEnd }
      part = .dataLineFeed
    case .dataLineFeed:
      guard byte == .lf else { throw .missingLineEnd }
      (part, size, digits) = (.size, 0, 0)
    case .trailers: if try trailers.take(byte) { part = .done }
    case .data, .done: break
    }
  }

  private mutating func takeSize(_ byte: UInt8) throws(ChunkError) {
    if let digit = byte.hexadecimalValue, digits < Self.digitLimit {
      size = size << 4 | UInt64(digit)
      digits += 1
      return
    }
    switch byte {
    case _ where digits == 0: throw .invalidSize
    case .cr: part = .sizeEnd
    case UInt8(ascii: ";"):
      part = .extensions
      extensions = ChunkExtensions()
      try countExtensionByte()
    default: throw .invalidSize
    }
  }

  private mutating func takeExtension(_ byte: UInt8) throws(ChunkError) {
    if byte == .cr, extensions.mayEnd {
      part = .sizeEnd
      return
    }
    guard extensions.take(byte) else { throw .invalidExtension }
    try countExtensionByte()
  }

  private mutating func countExtensionByte() throws(ChunkError) {
    extensionBytes += 1
    if extensionBytes > Self.extensionLimit { throw .extensionsTooLong }
  }

  private mutating func startChunk() throws(ChunkError) {
    if size > UInt64(bodyLimit - bodyLength) { throw .bodyTooLarge(limit: bodyLimit) }
    remaining = Int(size)
    bodyLength += remaining
    part = size == 0 ? .trailers : .data
  }
}
