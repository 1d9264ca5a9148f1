/// A reply of Redis (RESP2, <https://redis.io/docs/latest/develop/reference/protocol-spec/>).
enum RedisValue: Equatable, Sendable {
  /// `+`: a line.
  case simple(String)
  /// `-`: an error, whose first word is its kind, such as WRONGTYPE.
  case error(String)
  /// `:`: a number.
  case integer(Int64)
  /// `$`: bytes.
  case bulk([UInt8])
  /// `$-1` and `*-1`: nothing.
  case null
  /// `*`: a list.
  case array([RedisValue])

  /// The text of a line or of bytes; `nil` for all others.
  var text: String? {
    switch self {
    case .simple(let text): text
    case .bulk(let bytes): String(decoding: bytes, as: UTF8.self)
    case .error, .integer, .null, .array: nil
    }
  }

  /// The elements of a list; `nil` for all others.
  var elements: [RedisValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The number; `nil` if it is none.
  var number: Int64? {
    if case .integer(let number) = self { number } else { nil }
  }
}

/// A command to Redis.
enum RedisCommand {
  /// Appends a command to a send buffer: a list of bytes.
  static func append(_ words: [String], into output: inout [UInt8]) {
    output += Array("*\(words.count)\r\n".utf8)
    for word in words {
      output += Array("$\(word.utf8.count)\r\n".utf8)
      output += Array(word.utf8)
      output += [13, 10]
    }
  }
}
