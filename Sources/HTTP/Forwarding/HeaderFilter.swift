/// Copies header lines without those that concern one connection only (RFC 9110, section 7.6.1): Connection, the headers
/// that it names, Keep-Alive, Proxy-Connection, TE and Upgrade.
///
/// Connection cannot name a header that determines the length or the recipient of a message: without it, the next
/// recipient would see another message ("request smuggling", RFC 9112, section 11.2).
struct HeaderFilter {
  /// Whether Host is left out too.
  var dropsHost = false
  /// Whether Expect is left out too, which HTTP/1.0 does not have.
  var dropsExpect = false
  /// Whether Transfer-Encoding is left out too, because the body is passed on without it.
  var dropsTransferEncoding = false

  /// Appends the lines in a range, which were parsed before.
  func append(_ lines: Range<Int>, of bytes: RawSpan, into output: inout [UInt8]) {
    var options: [Range<Int>] = []
    var start = lines.lowerBound
    while let field = Self.next(from: &start, in: lines, of: bytes) {
      if HeaderKind(name: field.name, in: bytes) == .connection {
        Self.add(field.value, of: bytes, to: &options)
      }
    }
    start = lines.lowerBound
    var lineStart = start
    while let field = Self.next(from: &start, in: lines, of: bytes) {
      if passes(field, options, in: bytes) { output.append(bytes.extracting(lineStart..<start)) }
      lineStart = start
    }
  }

  private func passes(_ field: HeaderField, _ options: [Range<Int>], in bytes: RawSpan) -> Bool {
    switch HeaderKind(name: field.name, in: bytes) {
    case .connection, .hopByHop: false
    case .host: !dropsHost
    case .expect: !dropsExpect
    case .transferEncoding: !dropsTransferEncoding
    case .contentLength: true
    case .other: !options.contains { Self.areEqual($0, field.name, in: bytes) }
    }
  }

  /// Returns the header at an offset and moves the offset to the next line; `nil` after the last header.
  private static func next(
    from start: inout Int, in lines: Range<Int>, of bytes: RawSpan
  ) -> HeaderField? {
    guard start < lines.upperBound else { return nil }
    let end = bytes.firstControl(from: start, to: lines.upperBound)
    let line = start..<end
    start = end + 2
    return try? HeaderField(line: line, in: bytes)
  }

  /// Adds the options in the value of a Connection header.
  private static func add(_ value: Range<Int>, of bytes: RawSpan, to options: inout [Range<Int>]) {
    var start = value.lowerBound
    while start < value.upperBound {
      var end = start
      while end < value.upperBound, bytes.byte(end) != UInt8(ascii: ",") { end += 1 }
      let option = bytes.trimmed(start..<end)
      if !option.isEmpty { options.append(option) }
      start = end + 1
    }
  }

  /// Returns whether two names are equal in any case.
  private static func areEqual(_ one: Range<Int>, _ other: Range<Int>, in bytes: RawSpan) -> Bool {
    one.count == other.count
      && zip(one, other).allSatisfy { bytes.byte($0).lowercased == bytes.byte($1).lowercased }
  }
}
