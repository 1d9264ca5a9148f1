@testable import HTTP

/// A request with its text, which can be compared however its bytes were split.
struct ParsedRequest: Equatable {
  struct Header: Equatable {
    let name: [UInt8]
    let value: [UInt8]
  }

  let method: String
  let target: String
  let path: String
  let query: String?
  let host: String?
  let version: HTTPVersion
  let headers: [Header]
  let bodyLength: Int
  let keepsAlive: Bool

  init(_ request: Request, in bytes: RawSpan) {
    method = bytes.text(in: request.methodName)
    target = bytes.text(in: request.target)
    path = bytes.text(in: request.path)
    query = request.query.map { bytes.text(in: $0) }
    host = request.host.map { bytes.text(in: $0) }
    version = request.version
    headers = request.headers(in: bytes).map {
      Header(name: Self.array(bytes, $0.name), value: Self.array(bytes, $0.value))
    }
    bodyLength = request.bodyLength
    keepsAlive = request.keepsAlive
  }

  private static func array(_ bytes: RawSpan, _ range: Range<Int>) -> [UInt8] {
    bytes.extracting(range).withUnsafeBytes { Array($0) }
  }

  /// The same request with its headers in the simplest form and a body of zeros with Content-Length.
  var serialized: [UInt8] {
    var bytes = Array("\(method) \(target) \(version.name)\r\n".utf8)
    for header in headers where !header.isFraming {
      bytes += header.name + Array(": ".utf8) + header.value + Array("\r\n".utf8)
    }
    bytes += Array("Content-Length: \(bodyLength)\r\n\r\n".utf8)
    return bytes + [UInt8](repeating: 0, count: bodyLength)
  }

  /// Whether two requests mean the same, however their bodies are framed.
  func isEquivalent(to other: ParsedRequest) -> Bool {
    method == other.method && target == other.target && path == other.path && query == other.query
      && host == other.host && version == other.version && bodyLength == other.bodyLength
      && keepsAlive == other.keepsAlive
      && headers.filter { !$0.isFraming } == other.headers.filter { !$0.isFraming }
  }
}

extension ParsedRequest.Header {
  /// Whether the header concerns only the framing of the body.
  var isFraming: Bool {
    ["content-length", "transfer-encoding", "expect"].contains(lowercasedName)
  }

  var lowercasedName: String { String(decoding: name, as: UTF8.self).lowercased() }
}
