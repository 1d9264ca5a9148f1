import Testing

@testable import HTTP

struct TextTests {
  private func decoded(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    return PercentEncoding.decoded(bytes.span.bytes)
  }

  private func items(_ text: String) -> [QueryItem]? {
    let bytes = Array(text.utf8)
    return QueryItem.items(of: bytes.span.bytes)
  }

  @Test("escapes are decoded to UTF-8, and malformed ones are refused")
  func percentEncoding() {
    #expect(decoded("/a%20b%2Fc+d%C3%a9") == "/a b/c+dé")
    #expect(decoded("") == "")
    for text in ["%", "%4", "%4g", "%%41", "%C3", "%FF", "a%"] { #expect(decoded(text) == nil, "\(text)") }
  }

  @Test("a query is split at & and the first =, and decoded afterwards")
  func query() {
    #expect(items("blocking") == [QueryItem(name: "blocking", value: nil)])
    #expect(
      items("a=1&&b=&c=x=y&%26=%3D") == [
        QueryItem(name: "a", value: "1"), QueryItem(name: "b", value: ""), QueryItem(name: "c", value: "x=y"),
        QueryItem(name: "&", value: "="),
      ])
    #expect(items("") == [])
    #expect(items("a=%FF") == nil)
  }

  @Test("a path is compared with literals, and its number read exactly")
  func comparisons() {
    let bytes = Array("/api/18446744073709551615".utf8)
    let isPrefix = bytes.span.bytes.starts(with: "/api/")
    let isWhole = bytes.span.bytes.isEqual(to: "/api/18446744073709551615")
    let isOther =
      bytes.span.bytes.isEqual(to: "/api/18446744073709551616") || bytes.span.bytes.isEqual(to: "/api/")
    #expect(isPrefix && isWhole && !isOther)
    #expect(bytes.span.bytes.extracting(5...).wholeNumber() == .max)
    for text in [
      "", "18446744073709551616", "99999999999999999999", "-1", "+1", "1 ", "0x1", "/", ":", "1_000",
    ] {
      let bytes = Array(text.utf8)
      #expect(bytes.span.bytes.wholeNumber() == nil, "\(text)")
    }
  }

  @Test("dates are written as HTTP wants them, leap days included")
  func date() {
    #expect(HTTPDate.text(secondsSince1970: 784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
    #expect(HTTPDate.text(secondsSince1970: 0) == "Thu, 01 Jan 1970 00:00:00 GMT")
    #expect(HTTPDate.text(secondsSince1970: 951_782_400) == "Tue, 29 Feb 2000 00:00:00 GMT")
    #expect(HTTPDate.text(secondsSince1970: 4_107_542_399) == "Sun, 28 Feb 2100 23:59:59 GMT")
    #expect(HTTPDate.text(secondsSince1970: 253_402_300_799) == "Fri, 31 Dec 9999 23:59:59 GMT")
  }

  @Test("the sets of characters are those of the RFCs")
  func sets() {
    let alphanumeric = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    let name = alphanumeric + "-._~" + "!$&'()*+,;="
    for (set, characters) in [
      (ByteSet.token, alphanumeric + "!#$%&'*+-.^_`|~"), (.registeredName, name), (.path, name + ":@/"),
      (.query, name + ":@/?"),
    ] {
      #expect((0...255).filter { set.contains(UInt8($0)) } == characters.utf8.map { Int($0) }.sorted())
    }
  }

  @Test("the end of a token and the first control character are found at every place in a word")
  func scanning() {
    for byte in UInt8.min...UInt8.max {
      for length in 0..<20 {
        let bytes = [UInt8](repeating: UInt8(ascii: "x"), count: length) + [byte] + Array("zz-Zzzzzzzz".utf8)
        let span = bytes.span.bytes
        let tokenEnd = span.tokenEnd(in: 0..<bytes.count)
        let control = span.firstControl(from: 0, to: bytes.count)
        #expect(tokenEnd == (ByteSet.token.contains(byte) ? bytes.count : length))
        #expect(control == (byte < 32 && byte != 9 || byte == 127 ? length : bytes.count))
      }
    }
  }
}
