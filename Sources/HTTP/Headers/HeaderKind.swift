/// The headers that a parser acts upon.
enum HeaderKind {
  case host, expect, connection, contentLength, transferEncoding, other

  /// Recognizes a name, which is a token, by its length and then its letters in any case.
  @inline(__always)
  init(name: Range<Int>, in bytes: RawSpan) {
    self = .other
    switch name.count {
    case 4: if bytes.matches("host", in: name) { self = .host }
    case 6: if bytes.matches("expect", in: name) { self = .expect }
    case 10: if bytes.matches("connection", in: name) { self = .connection }
    case 14: if bytes.matches("content-length", in: name) { self = .contentLength }
    case 17: if bytes.matches("transfer-encoding", in: name) { self = .transferEncoding }
    default: break
    }
  }
}
