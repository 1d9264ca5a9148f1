/// A violation of the chunked coding (RFC 9112, section 7.1).
public enum ChunkError: Error, Equatable, Sendable {
  /// The size of a chunk is not 1 to 16 hexadecimal digits, followed by `;` or the line's end.
  case invalidSize
  /// A chunk extension is malformed. No whitespace is accepted around `;` and `=`.
  case invalidExtension
  /// The extensions of a message are longer than `ChunkedDecoder.extensionLimit` bytes in total.
  case extensionsTooLong
  /// The data of a chunk, or its size, is not followed by CR LF.
  case missingLineEnd
  /// The body is longer than the limit, in bytes.
  case bodyTooLarge(limit: Int)
  /// A trailer is malformed.
  case trailer(SyntaxError)
  /// The trailers are more, or longer, than the limits of a head allow.
  case trailersTooLarge
}

extension ChunkError: CustomStringConvertible {
  /// One line that says what is wrong.
  public var description: String {
    switch self {
    case .invalidSize: "invalid chunk size (expected 1–16 hexadecimal digits)"
    case .invalidExtension: "malformed chunk extension"
    case .extensionsTooLong: "chunk extensions of more than \(ChunkedDecoder.extensionLimit) bytes"
    case .missingLineEnd: "chunk without CR LF at its end"
    case .bodyTooLarge(let limit): "body of more than \(limit) bytes"
    case .trailer(let error): "malformed trailer: \(error)"
    case .trailersTooLarge: "trailers larger than a head may be"
    }
  }
}
