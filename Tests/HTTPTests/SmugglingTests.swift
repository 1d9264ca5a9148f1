import Testing

@testable import HTTP

/// Messages in which two recipients could find different ends. They follow RFC 9112, section 11.2, and the public lists of
/// such attacks; a hidden request follows most of them.
struct SmugglingTests {
  struct Vector: CustomTestStringConvertible, Sendable {
    let name: String
    let bytes: String
    let status: Int
    var testDescription: String { name }

    init(_ name: String, _ bytes: String, _ status: Int = 400) {
      (self.name, self.bytes, self.status) = (name, bytes, status)
    }

    /// Creates a POST request with additional header lines.
    init(_ name: String, headers: String, body: String = "0\r\n\r\n", _ status: Int = 400) {
      self.init(name, "POST / HTTP/1.1\r\nHost: a\r\n\(headers)\r\n\r\n\(body)", status)
    }

    /// Creates a request with a chunked body.
    init(_ name: String, chunks: String, _ status: Int = 400) {
      self.init(name, headers: "Transfer-Encoding: chunked", body: chunks, status)
    }
  }

  static let hidden = "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n"

  static let lengths = [
    Vector("CL.TE", headers: "Content-Length: 6\r\nTransfer-Encoding: chunked", body: "0\r\n\r\nG"),
    Vector(
      "TE.CL", headers: "Transfer-Encoding: chunked\r\nContent-Length: 4", body: "5c\r\n\(hidden)0\r\n\r\n"),
    Vector("equal Content-Length twice", headers: "Content-Length: 5\r\nContent-Length: 5", body: "hello"),
    Vector("different Content-Length", headers: "Content-Length: 0\r\ncontent-length: 44", body: hidden),
    Vector("Content-Length list", headers: "Content-Length: 5, 5", body: "hello"),
    Vector("Content-Length list with an empty part", headers: "Content-Length: 5,", body: "hello"),
    Vector("signed length", headers: "Content-Length: +5", body: "hello"),
    Vector("negative length", headers: "Content-Length: -1"),
    Vector("length of minus zero", headers: "Content-Length: -0"),
    Vector("hexadecimal length", headers: "Content-Length: 0x5", body: "hello"),
    Vector("octal length", headers: "Content-Length: 010", body: "hello678"),
    Vector("length with underscore", headers: "Content-Length: 1_0", body: "hello67890"),
    Vector("length with a space", headers: "Content-Length: 1 0"),
    Vector("length with a fraction", headers: "Content-Length: 5.0"),
    Vector("length with an exponent", headers: "Content-Length: 1e1"),
    Vector("length in quotes", headers: "Content-Length: \"5\""),
    Vector("length with a no-break space", headers: "Content-Length: \u{A0}5"),
    Vector("length with other digits", headers: "Content-Length: ٥"),
    Vector("empty length", headers: "Content-Length:"),
    Vector(
      "length that overflows 64 bits to 5", headers: "Content-Length: 18446744073709551621", body: "hello",
      413),
    Vector("length above 63 bits", headers: "Content-Length: 9223372036854775808", 413),
    Vector("leading zeros around an overflow", headers: "Content-Length: 00000000000000000000000005"),
  ]

  static let codings = [
    Vector("TE.TE", headers: "Transfer-Encoding: chunked\r\nTransfer-Encoding: cow"),
    Vector("TE.TE in the other order", headers: "Transfer-Encoding: cow\r\nTransfer-Encoding: chunked"),
    Vector("chunked twice", headers: "Transfer-Encoding: chunked\r\ntransfer-encoding: chunked"),
    Vector("chunked list", headers: "Transfer-Encoding: chunked, chunked"),
    Vector("xchunked", headers: "Transfer-Encoding: xchunked"),
    Vector("chunkedx", headers: "Transfer-Encoding: chunkedx"),
    Vector("identity", headers: "Transfer-Encoding: identity"),
    Vector("chunked, identity", headers: "Transfer-Encoding: chunked, identity"),
    Vector("identity, chunked", headers: "Transfer-Encoding: identity, chunked", 501),
    Vector("gzip, chunked", headers: "Transfer-Encoding: gzip, chunked", 501),
    Vector("chunked with a parameter", headers: "Transfer-Encoding: chunked;a=b"),
    Vector("chunked in quotes", headers: "Transfer-Encoding: \"chunked\""),
    Vector("chunked with a comma", headers: "Transfer-Encoding: chunked,"),
    Vector("comma before chunked", headers: "Transfer-Encoding: ,chunked"),
    Vector("empty coding", headers: "Transfer-Encoding:"),
    Vector("vertical tab before chunked", headers: "Transfer-Encoding: \u{0B}chunked"),
    Vector("form feed after chunked", headers: "Transfer-Encoding: chunked\u{0C}"),
    Vector("NUL after chunked", headers: "Transfer-Encoding: chunked\0"),
    Vector("bare CR before chunked", headers: "Transfer-Encoding:\rchunked"),
    Vector("bare LF before chunked", headers: "Transfer-Encoding:\nchunked"),
    Vector("no-break space before chunked", headers: "Transfer-Encoding: \u{A0}chunked"),
    Vector("long s and other look-alikes", headers: "Transfer-Encoding: ch\u{FF55}nked"),
    Vector("space before the colon", headers: "Transfer-Encoding : chunked"),
    Vector("tab before the colon", headers: "Transfer-Encoding\t: chunked"),
    Vector("space before the name", headers: " Transfer-Encoding: chunked"),
    Vector("NUL in the name", headers: "Transfer\0-Encoding: chunked"),
    Vector("folded coding", headers: "Transfer-Encoding:\r\n chunked"),
    Vector("folded coding with a tab", headers: "Transfer-Encoding: chunked\r\n\t, identity"),
    Vector("coding hidden in a folded header", headers: "X: y\r\n Transfer-Encoding: chunked"),
    Vector("coding after a bare LF", headers: "X: y\nTransfer-Encoding: chunked"),
    Vector("coding after a bare CR", headers: "X: y\rTransfer-Encoding: chunked"),
    Vector("coding after CR CR LF", headers: "X: y\r\r\nTransfer-Encoding: chunked"),
    Vector(
      "coding in HTTP/1.0",
      "POST / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    Vector(
      "coding and length in HTTP/1.0",
      "POST / HTTP/1.0\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nhello"),
  ]

  static let lines = [
    Vector("bare LF lines", "GET / HTTP/1.1\nHost: a\n\n"),
    Vector("bare LF at the end of the head", "GET / HTTP/1.1\r\nHost: a\r\n\n" + hidden),
    Vector("LF CR", "GET / HTTP/1.1\n\rHost: a\n\r\n\r"),
    Vector("bare CR in the request line", "GET /\r HTTP/1.1\r\nHost: a\r\n\r\n"),
    Vector("bare CR in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n"),
    Vector("bare CR as a line", "GET / HTTP/1.1\r\nHost: a\r\n\r" + hidden),
    Vector("NUL in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n"),
    Vector("DEL in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: \u{7F}\r\n\r\n"),
    Vector("escape in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: \u{1B}[m\r\n\r\n"),
    Vector("whitespace before the first header", "GET / HTTP/1.1\r\n Host: a\r\n\r\n"),
    Vector("blank line of a space", "GET / HTTP/1.1\r\nHost: a\r\n \r\n" + hidden),
    Vector("header without a colon", "GET / HTTP/1.1\r\nHost: a\r\nGET /hidden HTTP/1.1\r\n\r\n"),
    Vector("header without a name", "GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n"),
    Vector("name with a space", "GET / HTTP/1.1\r\nHost: a\r\nX Y: b\r\n\r\n"),
    Vector("name in brackets", "GET / HTTP/1.1\r\nHost: a\r\n[x]: b\r\n\r\n"),
    Vector("name that is not ASCII", "GET / HTTP/1.1\r\nHost: a\r\né: b\r\n\r\n"),
    Vector("two spaces in the request line", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"),
    Vector("tabs in the request line", "GET\t/\tHTTP/1.1\r\nHost: a\r\n\r\n"),
    Vector("space after the version", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n"),
    Vector("two targets", "GET / /hidden HTTP/1.1\r\nHost: a\r\n\r\n"),
    Vector("request in the target", "GET /?HTTP/1.1\r\nHost: a\r\n\r\n"),
    Vector("HTTP/0.9", "GET /\r\n\r\n"),
    Vector("second Host", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
    Vector("Host with user information", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n"),
    Vector("Host list", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"),
    Vector("TLS hello", "\u{16}\u{03}\u{01}\u{02}"),
    Vector("byte-order mark", "\u{FEFF}GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
  ]

  static let chunks = [
    Vector("size that overflows 64 bits to 0", chunks: "10000000000000000\r\n\r\n" + hidden),
    Vector("size of 64 bits", chunks: "ffffffffffffffff\r\n", 413),
    Vector("size that is negative as a signed number", chunks: "8000000000000000\r\n", 413),
    Vector("many leading zeros", chunks: "00000000000000005\r\nhello\r\n0\r\n\r\n"),
    Vector("empty size", chunks: "\r\n\r\n"),
    Vector("size of an extension only", chunks: ";a\r\nhello\r\n0\r\n\r\n"),
    Vector("hexadecimal prefix", chunks: "0x5\r\nhello\r\n0\r\n\r\n"),
    Vector("signed size", chunks: "+5\r\nhello\r\n0\r\n\r\n"),
    Vector("negative size", chunks: "-5\r\nhello\r\n0\r\n\r\n"),
    Vector("underscore in the size", chunks: "1_0\r\nhello67890123456\r\n0\r\n\r\n"),
    Vector("space before the size", chunks: " 5\r\nhello\r\n0\r\n\r\n"),
    Vector("space after the size", chunks: "5 \r\nhello\r\n0\r\n\r\n"),
    Vector("tab before an extension", chunks: "5\t;a\r\nhello\r\n0\r\n\r\n"),
    Vector("no digit", chunks: "g\r\nhello\r\n0\r\n\r\n"),
    Vector("size after a dot", chunks: "5.0\r\nhello\r\n0\r\n\r\n"),
    Vector("bare LF after the size", chunks: "5\nhello\r\n0\r\n\r\n"),
    Vector("bare CR after the size", chunks: "5\rhello\r\n0\r\n\r\n"),
    Vector("LF CR after the size", chunks: "5\n\rhello\r\n0\r\n\r\n"),
    Vector("bare LF in an extension", chunks: "5;a\nhello\r\n0\r\n\r\n"),
    Vector("bare LF in a quoted extension", chunks: "5;a=\"\n\"\r\nhello\r\n0\r\n\r\n"),
    Vector("bare CR in an extension", chunks: "5;a\rb\r\nhello\r\n0\r\n\r\n"),
    Vector("empty extension", chunks: "5;\r\nhello\r\n0\r\n\r\n"),
    Vector("extension without a value", chunks: "5;a=\r\nhello\r\n0\r\n\r\n"),
    Vector("extension with an open quote", chunks: "5;a=\"b\r\nhello\r\n0\r\n\r\n"),
    Vector("extension after a quote", chunks: "5;a=\"b\"c\r\nhello\r\n0\r\n\r\n"),
    Vector("spaces around an extension", chunks: "5 ; a = b\r\nhello\r\n0\r\n\r\n"),
    Vector("NUL in an extension", chunks: "5;a\0\r\nhello\r\n0\r\n\r\n"),
    Vector("chunk without a line end", chunks: "5\r\nhello0\r\n\r\n"),
    Vector("chunk with a bare LF", chunks: "5\r\nhello\n0\r\n\r\n"),
    Vector("chunk with a bare CR", chunks: "5\r\nhello\r0\r\n\r\n"),
    Vector("chunk with two other bytes for its end", chunks: "5\r\nhelloXX0\r\n\r\n"),
    Vector("chunk longer than its size", chunks: "5\r\nhello!\r\n0\r\n\r\n"),
    Vector("last chunk without the empty line", chunks: "0\r\n" + hidden),
    Vector("last chunk with two other bytes for its end", chunks: "0\r\nXX" + hidden),
    Vector("last chunk with a bare LF", chunks: "0\n\n"),
    Vector("last chunk with a bare LF at the end", chunks: "0\r\n\n"),
    Vector("trailer without a colon", chunks: "0\r\nhidden\r\n\r\n"),
    Vector("trailer with a bare LF", chunks: "0\r\nA: b\nC: d\r\n\r\n"),
    Vector("trailer with a bare CR", chunks: "0\r\nA: b\rC: d\r\n\r\n"),
    Vector("folded trailer", chunks: "0\r\nA: b\r\n c\r\n\r\n"),
    Vector("trailer with a space before its colon", chunks: "0\r\nA : b\r\n\r\n"),
    Vector("trailer without a name", chunks: "0\r\n: b\r\n\r\n"),
    Vector("trailer with NUL", chunks: "0\r\nA: \0\r\n\r\n"),
  ]

  @Test(
    "a message whose end is ambiguous is answered with one error and nothing after it",
    arguments: lengths + codings + lines + chunks)
  func ambiguous(_ vector: Vector) {
    let bytes = Array((vector.bytes + Self.hidden).utf8)
    let whole = requestEvents([bytes[...]])
    #expect(whole.map { $0.failure?.status.rawValue } == [vector.status])
    #expect(requestEvents(bytes.singles) == whole)
  }

  @Test("trailers never change the length of a message")
  func trailers() {
    let body = "5\r\nhello\r\n0\r\nContent-Length: 99\r\nTransfer-Encoding: x\r\nHost: b\r\n\r\n"
    let events = requestEvents(
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body + Self.hidden)
    #expect(events.map(\.message?.path) == ["/", "/hidden"])
    #expect(events.first?.message?.host == "a")
  }

  @Test("a body with GET is consumed, so that it is no request of its own")
  func bodyOfGet() {
    let events = requestEvents(
      "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: \(Self.hidden.utf8.count)\r\n\r\n" + Self.hidden)
    #expect(events.map(\.message?.path) == ["/"])
  }
}
