/// The body of a message that a proxy passes on as it arrives: its end is found and its chunks are checked, and its bytes
/// are left as they are.
public struct MessageBody: Sendable {
  private enum Rest {
    case bytes(Int)
    case chunks(ChunkedDecoder)
    case connection
  }

  /// No body.
  public static var none: MessageBody { MessageBody(.bytes(0)) }

  /// Whether all of it was taken. Not if it ends with the connection.
  public private(set) var isComplete: Bool
  private var rest: Rest

  private init(_ rest: Rest) {
    self.rest = rest
    isComplete = if case .bytes(0) = rest { true } else { false }
  }

  /// Creates the body of a complete head.
  ///
  /// - Parameter endsWithConnection: Whether a body of unstated length ends with the connection; otherwise it is empty.
  /// - Throws: `ChunkError.bodyTooLarge` for a stated length over the limit.
  @inline(__always)
  init(
    _ framing: BodyFraming.Length, endsWithConnection: Bool, within limits: BodyLimits
  ) throws(ChunkError) {
    switch framing {
    case .unstated: self.init(endsWithConnection ? .connection : .bytes(0))
    case .bytes(let count):
      if count > limits.body { throw .bodyTooLarge(limit: limits.body) }
      self.init(.bytes(count))
    case .chunked:
      self.init(
        .chunks(
          ChunkedDecoder(
            bodyLimit: limits.body, trailerLimit: limits.trailerBytes, trailerCountLimit: limits.trailers)))
    }
  }

  /// Whether it is chunked.
  public var isChunked: Bool { if case .chunks = rest { true } else { false } }
  /// Whether it ends when the connection does.
  public var endsWithConnection: Bool { if case .connection = rest { true } else { false } }

  /// Takes the bytes of the body at the start of some bytes.
  ///
  /// - Returns: The number of bytes that belong to the body.
  /// - Throws: `ChunkError`.
  public mutating func take(_ bytes: RawSpan) throws(ChunkError) -> Int {
    try take(bytes) { _ in }
  }

  /// Takes the bytes of the body at the start of some bytes, and appends them without their transfer coding.
  ///
  /// - Returns: The number of bytes that belong to the body.
  /// - Throws: `ChunkError`.
  public mutating func take(
    _ bytes: RawSpan, appendingDataTo output: inout [UInt8]
  ) throws(ChunkError) -> Int {
    try take(bytes) { output.append(bytes.extracting($0)) }
  }

  /// Takes the bytes of the body at the start of some bytes, and calls `use` with the ranges without transfer coding.
  @inline(__always)
  mutating func take(_ bytes: RawSpan, _ use: (Range<Int>) -> Void) throws(ChunkError) -> Int {
    switch rest {
    case .bytes(let count):
      let used = min(count, bytes.byteCount)
      rest = .bytes(count - used)
      isComplete = used == count
      use(0..<used)
      return used
    case .connection:
      use(0..<bytes.byteCount)
      return bytes.byteCount
    case .chunks(var decoder):
      if isComplete { return 0 }
      defer { rest = .chunks(decoder) }
      var offset = 0
      while true {
        switch try decoder.next(in: bytes, from: offset) {
        case .needsMore: return bytes.byteCount
        case .data(let range):
          use(range)
          offset = range.upperBound
        case .end(let end):
          isComplete = true
          return end
        }
      }
    }
  }
}
