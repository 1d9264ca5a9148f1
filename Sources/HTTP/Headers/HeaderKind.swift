/// The headers that a parser acts upon.
enum HeaderKind {
  case host, expect, connection, contentLength, transferEncoding
  /// A header other than Connection that concerns one connection only (RFC 9110, section 7.6.1).
  case hopByHop
  case other

  /// Recognizes a name, which is a token, by its length and then its letters in any case.
  @inline(__always)
  init(name: Range<Int>, in bytes: RawSpan) {
    self = .other
    switch name.count {
    case 2: if bytes.matches("te", in: name) { self = .hopByHop }
    case 4: if bytes.matches("host", in: name) { self = .host }
    case 6: if bytes.matches("expect", in: name) { self = .expect }
    case 7: if bytes.matches("upgrade", in: name) { self = .hopByHop }
    case 10:
      if bytes.matches("connection", in: name) { self = .connection }
      if bytes.matches("keep-alive", in: name) { self = .hopByHop }
    case 14: if bytes.matches("content-length", in: name) { self = .contentLength }
    case 16: if bytes.matches("proxy-connection", in: name) { self = .hopByHop }
    case 17: if bytes.matches("transfer-encoding", in: name) { self = .transferEncoding }
    default: break
    }
  }
}
