/// The body of a request, which is checked, and discarded or collected.
struct RequestBody: Sendable {
  private enum Rest {
    case bytes(Int)
    case chunks(ChunkedDecoder)
  }

  /// The number of bytes without transfer coding, known once the body is complete.
  private(set) var length = 0
  /// The bytes of the last body, if they are kept.
  private(set) var bytes: [UInt8] = []
  private var rest = Rest.bytes(0)
  private let limits: RequestLimits
  private let isKept: Bool

  /// Creates the body of no request.
  init(limits: RequestLimits, isKept: Bool) {
    (self.limits, self.isKept) = (limits, isKept)
  }

  /// Starts the body of a complete head. Returns `false` if there is none.
  @inline(__always)
  mutating func start(_ framing: BodyFraming.Length) throws(RequestError) -> Bool {
    if isKept { bytes.removeAll(keepingCapacity: true) }
    switch framing {
    case .unstated, .bytes(0): return false
    case .bytes(let count):
      if count > limits.body { throw .bodyTooLarge(limit: limits.body) }
      length = count
      rest = .bytes(count)
    case .chunked:
      rest = .chunks(
        ChunkedDecoder(
          bodyLimit: limits.body, trailerLimit: limits.head, trailerCountLimit: limits.headers))
    }
    return true
  }

  /// Uses the bytes from an offset. Returns the offset of the body's end; `nil` if all bytes are used and more are
  /// needed.
  mutating func read(_ input: RawSpan, from start: Int) throws(RequestError) -> Int? {
    switch rest {
    case .bytes(let count):
      let used = min(count, input.byteCount - start)
      take(start..<start + used, of: input)
      rest = .bytes(count - used)
      return used == count ? start + used : nil
    case .chunks(var decoder):
      defer { rest = .chunks(decoder) }
      do throws(ChunkError) {
        let end = try readChunks(&decoder, input, from: start)
        length = decoder.bodyLength
        return end
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
    if isKept { bytes.append(input.extracting(range)) }
  }
}
