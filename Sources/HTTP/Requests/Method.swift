/// The method of a request (RFC 9110, section 9; case matters).
public enum Method: UInt8, Sendable, CaseIterable {
  /// A registered method.
  case get, head, post, put, delete, connect, options, trace, patch
  /// Any other token. `Request.methodName` has its place.
  case other

  /// The method as requests write it, such as `GET`; empty for `other`.
  public var name: StaticString {
    switch self {
    case .get: "GET"
    case .head: "HEAD"
    case .post: "POST"
    case .put: "PUT"
    case .delete: "DELETE"
    case .connect: "CONNECT"
    case .options: "OPTIONS"
    case .trace: "TRACE"
    case .patch: "PATCH"
    case .other: ""
    }
  }

  /// Recognizes a token.
  init(_ token: Range<Int>, in bytes: RawSpan) {
    self = .other
    for value in 0..<Method.other.rawValue {
      if let method = Method(rawValue: value), bytes.isEqual(method.name, in: token) {
        self = method
        return
      }
    }
  }
}
