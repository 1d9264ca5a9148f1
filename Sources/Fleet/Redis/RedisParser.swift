/// A strict, incremental parser of the replies of Redis. It does no input or output.
///
/// Each byte is examined a bounded number of times, however a reply is split, and a reply takes bounded memory.
struct RedisParser {
  /// The reason that bytes are not a reply. The connection must be closed.
  enum Problem: Error, Equatable, CustomStringConvertible {
    /// The first byte of a reply is not a type of the protocol.
    case unknownType(UInt8)
    /// A line, a length or a number is malformed.
    case malformed
    /// A line, a reply or its depth is over the limit.
    case tooLarge

    /// The reason as a phrase after "Redis sent ".
    var description: String {
      switch self {
      case .unknownType(let byte): "a reply of an unknown type (byte \(byte)); is it Redis?"
      case .malformed: "a malformed reply; is it Redis?"
      case .tooLarge: "a reply that is too large"
      }
    }
  }

  /// The limits of a reply: the bytes of a line and of all values, the values, and the depth of lists.
  private static let (mostLine, mostBytes, mostValues, mostDepth) = (64 << 10, 64 << 20, 1 << 20, 8)

  private var buffer: [UInt8] = []
  private var start = 0
  /// The offset at which the search for the line end goes on.
  private var scanned = 0
  /// The lists that are incomplete, the outermost first: their elements so far, and the number of all their elements.
  private var open: [(elements: [RedisValue], count: Int)] = []
  private var (byteCount, valueCount) = (0, 0)

  /// Appends bytes that arrived.
  mutating func append(_ bytes: some Sequence<UInt8>) {
    if start > 0 {
      buffer.removeFirst(start)
      scanned -= start
      start = 0
    }
    buffer.append(contentsOf: bytes)
  }

  /// Returns the next reply; `nil` if more bytes are needed.
  mutating func next() throws(Problem) -> RedisValue? {
    while let value = try nextPart() {
      valueCount += 1
      if valueCount > Self.mostValues || byteCount > Self.mostBytes { throw .tooLarge }
      if let whole = close(value) {
        (byteCount, valueCount) = (0, 0)
        return whole
      }
    }
    return nil
  }

  /// A value without elements, or the beginning of a list.
  private enum Part {
    case value(RedisValue)
    case list(Int)
  }

  /// Puts a value into the list that is open. Returns the reply that it completes; `nil` if there is more to come.
  private mutating func close(_ part: Part) -> RedisValue? {
    var value: RedisValue
    switch part {
    case .list(let count) where count > 0:
      open.append(([], count))
      return nil
    case .list: value = .array([])
    case .value(let other): value = other
    }
    while var list = open.popLast() {
      list.elements.append(value)
      if list.elements.count < list.count {
        open.append(list)
        return nil
      }
      value = .array(list.elements)
    }
    return value
  }

  private mutating func nextPart() throws(Problem) -> Part? {
    guard start < buffer.count else { return nil }
    let type = buffer[start]
    guard "+-:$*".utf8.contains(type) else { throw .unknownType(type) }
    guard let end = try lineEnd() else { return nil }
    let line = buffer[(start + 1)..<end]
    switch type {
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      let text = String(decoding: line, as: UTF8.self)
      use(end + 2)
      return .value(type == UInt8(ascii: "+") ? .simple(text) : .error(text))
    case UInt8(ascii: ":"):
      let number = try Self.number(line)
      use(end + 2)
      return .value(.integer(number))
    case UInt8(ascii: "$"): return try bulk(length: Self.number(line), from: end + 2)
    default:
      let count = try Self.number(line)
      use(end + 2)
      if count == -1 { return .value(.null) }
      guard count >= 0 else { throw .malformed }
      guard count <= Self.mostValues, open.count < Self.mostDepth else { throw .tooLarge }
      return .list(Int(count))
    }
  }

  private mutating func bulk(length: Int64, from first: Int) throws(Problem) -> Part? {
    if length == -1 {
      use(first)
      return .value(.null)
    }
    guard length >= 0 else { throw .malformed }
    guard length <= Self.mostBytes else { throw .tooLarge }
    let end = first + Int(length)
    guard buffer.count >= end + 2 else { return nil }
    guard buffer[end] == 13, buffer[end + 1] == 10 else { throw .malformed }
    let bytes = Array(buffer[first..<end])
    use(end + 2)
    return .value(.bulk(bytes))
  }

  /// Returns the place of the CR LF that ends the line; `nil` if it has not arrived.
  private mutating func lineEnd() throws(Problem) -> Int? {
    var place = max(scanned, start + 1)
    while place + 1 < buffer.count {
      if place - start > Self.mostLine { throw .tooLarge }
      if buffer[place] == 13 {
        guard buffer[place + 1] == 10 else { throw .malformed }
        scanned = place
        return place
      }
      if buffer[place] == 10 { throw .malformed }
      place += 1
    }
    scanned = place
    return nil
  }

  private mutating func use(_ end: Int) {
    byteCount += end - start
    (start, scanned) = (end, end)
  }

  private static func number(_ line: ArraySlice<UInt8>) throws(Problem) -> Int64 {
    let text = String(decoding: line, as: UTF8.self)
    // A number has one form only.
    guard let number = Int64(text), "\(number)" == text else { throw .malformed }
    return number
  }
}
