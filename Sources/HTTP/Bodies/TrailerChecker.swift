/// Checks the trailers after a chunked body, byte by byte, as strictly as headers (RFC 9112, section 7.1.2).
///
/// Their values are ignored: a trailer never changes the length of a message.
struct TrailerChecker: Sendable {
  private enum Part {
    case start, name, value, lineFeed, finalLineFeed
  }

  private let byteLimit: Int
  private let countLimit: Int
  private var part = Part.start
  private var bytes = 0
  private var count = 0

  /// Creates a checker with limits of the size and the number of trailers.
  init(byteLimit: Int, countLimit: Int) {
    self.byteLimit = byteLimit
    self.countLimit = countLimit
  }

  /// Takes the next byte. Returns whether it is the last one of the message.
  mutating func take(_ byte: UInt8) throws(ChunkError) -> Bool {
    bytes += 1
    if bytes > byteLimit { throw .trailersTooLarge }
    switch part {
    case .start:
      if byte == .cr {
        part = .finalLineFeed
        return false
      }
      count += 1
      if count > countLimit { throw .trailersTooLarge }
      try takeName(byte, isFirst: true)
    case .name: try takeName(byte, isFirst: false)
    case .value:
      if byte == .cr {
        part = .lineFeed
      } else if byte.isControl {
        throw .trailer(byte == .lf ? .bareLineFeed : .controlCharacter(byte))
      }
    case .lineFeed:
      guard byte == .lf else { throw .trailer(.bareCarriageReturn) }
      part = .start
    case .finalLineFeed:
      guard byte == .lf else { throw .trailer(.bareCarriageReturn) }
      return true
    }
    return false
  }

  private mutating func takeName(_ byte: UInt8, isFirst: Bool) throws(ChunkError) {
    if ByteSet.token.contains(byte) {
      part = .name
    } else if byte == UInt8(ascii: ":"), !isFirst {
      part = .value
    } else {
      throw .trailer(Self.error(byte, isFirst: isFirst))
    }
  }

  private static func error(_ byte: UInt8, isFirst: Bool) -> SyntaxError {
    switch byte {
    case .space, .tab: isFirst ? .foldedLine : .spaceBeforeColon
    case .cr: .missingColon
    case .lf: .bareLineFeed
    case UInt8(ascii: ":"): .emptyName
    default: byte.isControl ? .controlCharacter(byte) : .invalidNameCharacter(byte)
    }
  }
}
