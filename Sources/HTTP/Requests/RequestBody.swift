/// The body of a request, which is checked and discarded.
struct RequestBody: Sendable {
  private enum Rest {
    case bytes(Int)
    case chunks(ChunkedDecoder)
  }

  /// The number of bytes without transfer coding, known once the body is complete.
  private(set) var length = 0
  private var rest = Rest.bytes(0)
  private let limits: RequestLimits

  /// Creates the body of no request.
  init(limits: RequestLimits) {
    self.limits = limits
  }

  /// Starts the body of a complete head. Returns `false` if there is none.
  @inline(__always)
  mutating func start(_ framing: BodyFraming.Length) throws(RequestError) -> Bool {
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
  mutating func read(_ bytes: RawSpan, from start: Int) throws(RequestError) -> Int? {
    switch rest {
    case .bytes(let count):
      let used = min(count, bytes.byteCount - start)
      rest = .bytes(count - used)
      return used == count ? start + used : nil
    case .chunks(var decoder):
      defer { rest = .chunks(decoder) }
      do throws(ChunkError) {
        let end = try Self.skip(&decoder, bytes, from: start)
        length = decoder.bodyLength
        return end
      } catch {
        throw error == .bodyTooLarge(limit: limits.body) ? .bodyTooLarge(limit: limits.body) : .chunk(error)
      }
    }
  }

  private static func skip(
    _ decoder: inout ChunkedDecoder, _ bytes: RawSpan, from start: Int
  ) throws(ChunkError) -> Int? {
    var offset = start
    while true {
      switch try decoder.next(in: bytes, from: offset) {
      case .needsMore: return nil
      case .data(let range): offset = range.upperBound
      case .end(let end): return end
      }
    }
  }
}
