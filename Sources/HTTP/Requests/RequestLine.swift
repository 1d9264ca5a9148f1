/// The first line of a request (RFC 9112, section 3).
struct RequestLine: Equatable, Sendable {
  /// The method, and the place of its name.
  let method: Method
  let methodName: Place
  /// The place of the whole target, and those of its parts.
  let target: Place
  let parts: RequestTarget
  let version: HTTPVersion

  /// Reads a line without its end.
  @inline(__always)
  init(_ line: Range<Int>, in bytes: RawSpan) throws(RequestError) {
    let methodEnd = bytes.tokenEnd(in: line)
    let versionStart = line.upperBound &- HTTPVersion.length
    // The target has at least one byte, and a space on both sides.
    guard methodEnd > line.lowerBound, methodEnd &+ 3 <= versionStart, bytes.byte(methodEnd) == .space,
      bytes.byte(versionStart &- 1) == .space
    else { throw .malformedRequestLine }
    do throws(HTTPVersion.Problem) {
      version = try HTTPVersion(at: versionStart, in: bytes)
    } catch {
      throw error == .unsupported ? .unsupportedVersion : .malformedRequestLine
    }
    let name = line.lowerBound..<methodEnd
    method = Method(name, in: bytes)
    if method == .connect { throw .connect }
    let target = methodEnd &+ 1..<versionStart &- 1
    parts = try RequestTarget(target, method: method, in: bytes)
    methodName = Place(name)
    self.target = Place(target)
  }
}
