/// The body of a message for its recipient: it is checked, and discarded or collected.
struct CollectedBody: Sendable {
  /// The number of bytes read so far, without transfer coding.
  private(set) var length = 0
  /// The first bytes, as many as are kept.
  private(set) var bytes: [UInt8] = []
  private var body = MessageBody.none
  private let limits: BodyLimits
  private let mostKept: Int

  /// Creates the body of no message.
  init(limits: BodyLimits, keeping mostKept: Int) {
    (self.limits, self.mostKept) = (limits, mostKept)
  }

  /// Whether the body ends when the connection does.
  var endsWithConnection: Bool { body.endsWithConnection }

  /// Starts the body of a complete head. Returns `false` if it is empty.
  @inline(__always)
  mutating func start(_ framing: BodyFraming.Length, endsWithConnection: Bool) throws(ChunkError) -> Bool {
    if !bytes.isEmpty { bytes.removeAll(keepingCapacity: true) }
    length = 0
    body = try MessageBody(framing, endsWithConnection: endsWithConnection, within: limits)
    return !body.isComplete
  }

  /// Uses the bytes from an offset. Returns the offset of the body's end; `nil` if all bytes are used and more are
  /// needed.
  mutating func read(_ input: RawSpan, from start: Int) throws(ChunkError) -> Int? {
    let part = input.extracting(start..<input.byteCount)
    if body.endsWithConnection, part.byteCount > limits.body - length {
      throw .bodyTooLarge(limit: limits.body)
    }
    let used = try Self.take(part, of: &body, &length, &bytes, mostKept: mostKept)
    return body.isComplete ? start + used : nil
  }

  @inline(__always)
  private static func take(
    _ part: RawSpan, of body: inout MessageBody, _ length: inout Int, _ bytes: inout [UInt8], mostKept: Int
  ) throws(ChunkError) -> Int {
    try body.take(part) { range in
      length += range.count
      let room = mostKept - bytes.count
      if room > 0 { bytes.append(part.extracting(range.prefix(room))) }
    }
  }
}
