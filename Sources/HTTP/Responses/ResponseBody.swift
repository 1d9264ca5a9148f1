/// The body of a response, which is discarded or collected.
struct ResponseBody: Sendable {
  private enum Rest {
    case bytes(Int)
    case chunks(ChunkedDecoder)
    case connection
  }

  /// The number of bytes read so far, without transfer coding.
  private(set) var length = 0
  /// The first bytes, as many as are kept.
  private(set) var bytes: [UInt8] = []
  /// Whether the body ends when the connection does.
  private(set) var endsWithConnection = false
  private var rest = Rest.bytes(0)
  private let limits: ResponseLimits
  private let mostKept: Int

  /// Creates the body of no response.
  init(limits: ResponseLimits, keeping mostKept: Int) {
    self.limits = limits
    self.mostKept = mostKept
  }

  /// Starts the body of a complete head.
  mutating func start(_ framing: BodyFraming.Length) throws(ResponseError) {
    length = 0
    bytes.removeAll(keepingCapacity: true)
    endsWithConnection = framing == .unstated
    switch framing {
    case .unstated: rest = .connection
    case .bytes(let count):
      if count > limits.body { throw .bodyTooLarge(limit: limits.body) }
      rest = .bytes(count)
    case .chunked:
      rest = .chunks(
        ChunkedDecoder(
          bodyLimit: limits.body, trailerLimit: limits.head, trailerCountLimit: limits.headers))
    }
  }

  /// Uses the bytes from an offset. Returns the offset of the body's end; `nil` if all bytes are used and more are
  /// needed.
  mutating func read(_ input: RawSpan, from start: Int) throws(ResponseError) -> Int? {
    switch rest {
    case .bytes(let count):
      let used = min(count, input.byteCount - start)
      take(start..<start + used, of: input)
      rest = .bytes(count - used)
      return used == count ? start + used : nil
    case .connection:
      if input.byteCount - start > limits.body - length { throw .bodyTooLarge(limit: limits.body) }
      take(start..<input.byteCount, of: input)
      return nil
    case .chunks(var decoder):
      defer { rest = .chunks(decoder) }
      do throws(ChunkError) {
        return try readChunks(&decoder, input, from: start)
      } catch {
        throw error == .bodyTooLarge(limit: limits.body) ? .bodyTooLarge(limit: limits.body) : .chunk(error)
      }
    }
  }

  private mutating func readChunks(
    _ decoder: inout ChunkedDecoder, _ input: RawSpan, from start: Int
  ) throws(ChunkError) -> Int? {
    var offset = start
    while true {
      switch try decoder.next(in: input, from: offset) {
      case .needsMore: return nil
      case .data(let range):
        take(range, of: input)
        offset = range.upperBound
      case .end(let end): return end
      }
    }
  }

  private mutating func take(_ range: Range<Int>, of input: RawSpan) {
    length += range.count
    let room = mostKept - bytes.count
    if room > 0 { bytes.append(input.extracting(range.prefix(room))) }
  }
}
