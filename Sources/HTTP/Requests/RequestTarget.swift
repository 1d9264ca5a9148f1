/// The places of the parts of a request target (RFC 9112, section 3.2).
struct RequestTarget: Equatable, Sendable {
  /// The path, at least `/` except for `*`.
  let path: Place
  /// The query without its `?`; none if there is no `?`.
  let query: Place
  /// The host and port of the absolute form; otherwise none.
  let authority: Place

  private static let scheme: StaticString = "http://"

  /// Reads a target that is not empty: a path with a query, an `http` URL or, for OPTIONS, an asterisk.
  @inline(__always)
  init(_ target: Range<Int>, method: Method, in bytes: RawSpan) throws(RequestError) {
    if bytes.byte(target.lowerBound) == UInt8(ascii: "/") {
      try self.init(path: target, authority: .none, in: bytes)
    } else {
      try self.init(other: target, method: method, in: bytes)
    }
  }

  @inline(__always)
  private init(path: Range<Int>, query: Place, authority: Place) {
    self.path = Place(path)
    self.query = query
    self.authority = authority
  }

  /// Reads a target that does not start with a slash.
  private init(other target: Range<Int>, method: Method, in bytes: RawSpan) throws(RequestError) {
    if bytes.byte(target.lowerBound) == UInt8(ascii: "*"), target.count == 1, method == .options {
      self.init(path: target, query: .none, authority: .none)
      return
    }
    let schemeEnd = target.lowerBound + Self.scheme.utf8CodeUnitCount
    guard schemeEnd < target.upperBound, Self.isScheme(target.lowerBound..<schemeEnd, in: bytes) else {
      throw .invalidTarget
    }
    var end = schemeEnd
    while end < target.upperBound, bytes.byte(end) != UInt8(ascii: "/"), bytes.byte(end) != UInt8(ascii: "?")
    {
      end += 1
    }
    let authority = schemeEnd..<end
    do throws(Authority.Problem) {
      if try Authority(authority, in: bytes).host.isEmpty { throw .host }
    } catch {
      throw .invalidTarget
    }
    let rest = try RequestTarget(path: end..<target.upperBound, authority: Place(authority), in: bytes)
    // An empty path means `/`. The last byte of the scheme is one.
    self.init(
      path: rest.path.range.isEmpty ? schemeEnd - 1..<schemeEnd : rest.path.range, query: rest.query,
      authority: rest.authority)
  }

  /// Reads a path and a query.
  @inline(__always)
  private init(path target: Range<Int>, authority: Place, in bytes: RawSpan) throws(RequestError) {
    let pathEnd = bytes.escapedEnd(of: .path, in: target)
    var query = Place.none
    if pathEnd < target.upperBound {
      guard bytes.byte(pathEnd) == UInt8(ascii: "?") else { throw .invalidTarget }
      let rest = pathEnd &+ 1..<target.upperBound
      guard bytes.escapedEnd(of: .query, in: rest) == rest.upperBound else { throw .invalidTarget }
      query = Place(rest)
    }
    self.init(path: target.lowerBound..<pathEnd, query: query, authority: authority)
  }

  /// Returns whether a range is `http://`, in any case.
  private static func isScheme(_ range: Range<Int>, in bytes: RawSpan) -> Bool {
    guard range.count == scheme.utf8CodeUnitCount else { return false }
    let letters = range.lowerBound..<range.lowerBound + 4
    return bytes.matches("http", in: letters)
      && bytes.extracting(letters.upperBound..<range.upperBound).isEqual(to: "://")
  }
}
