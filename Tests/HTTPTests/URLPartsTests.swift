import TestSupport
import Testing

@testable import HTTP

struct URLPartsTests {
  @Test("a URL is split into host, port and target")
  func valid() throws {
    for (text, host, kind, port, target, authority) in [
      ("http://a", "a", .name, 80, "/", "a"),
      ("HTTP://example.com:8080/api/1?x=2", "example.com", .name, 8080, "/api/1?x=2", "example.com:8080"),
      ("http://127.0.0.1:80/", "127.0.0.1", .ipv4, 80, "/", "127.0.0.1"),
      ("http://[::1]:8080", "::1", .ipv6, 8080, "/", "[::1]:8080"),
      ("http://[::ffff:1.2.3.4]/", "::ffff:1.2.3.4", .ipv6, 80, "/", "[::ffff:1.2.3.4]"),
      ("http://a:?q", "a", .name, 80, "/?q", "a"),
      ("http://my_host-1.b./", "my_host-1.b.", .name, 80, "/", "my_host-1.b."),
      ("http://1.example/%20", "1.example", .name, 80, "/%20", "1.example"),
    ] as [(String, String, URLParts.HostKind, UInt16, String, String)] {
      let parts = try URLParts(text)
      #expect(parts.host == host && parts.hostKind == kind && parts.port == port, "\(text)")
      #expect(parts.target == target && parts.authority == authority, "\(text)")
    }
  }

  @Test("a malformed URL is refused with its reason")
  func invalid() {
    for (text, problem) in [
      ("", .missingScheme("")), ("localhost:8080", .missingScheme("localhost:8080")),
      ("http:/a", .missingScheme("http:/a")), ("://a", .missingScheme("://a")),
      (" http://a", .missingScheme(" http://a")),
      ("https://a/", .https), ("HTTPS://a", .https), ("ftp://a", .unsupportedScheme("ftp")),
      ("http://u:p@a/", .userInformation), ("http://a/#b", .fragment), ("http://a#b", .fragment),
    ] as [(String, URLParts.Problem)] {
      #expect(throws: problem) { try URLParts(text) }
    }
    for text in [
      "http://", "http:///a", "http://:80", "http://a b", "http://a..b", "http://-a", "http://a-", "http://é",
      "http://a%41", "http://256.1.1.1", "http://1.2.3", "http://1.2.3.04", "http://[::1", "http://[]",
      "http://[:::]",
      "http://[::1]a", "http://[1::2::3]", "http://a,b", "http://[fe80::1%25eth0]", "http://.",
      "http://a\r\nb/",
    ] {
      #expect(throws: URLParts.Problem.invalidHost(text)) { try URLParts(text) }
    }
    for text in [
      "http://a:0", "http://a:65536", "http://a:x", "http://a:-1", "http://a:99999999999999999999",
    ] {
      #expect(throws: URLParts.Problem.invalidPort(text)) { try URLParts(text) }
    }
    for target in ["/a b", "/é", "/%", "?\"", "/\r\nX: y", "/[", "/a\u{7F}"] {
      #expect(throws: URLParts.Problem.invalidTarget(target)) { try URLParts("http://a" + target) }
    }
  }

  @Test("text is refused on one line, or a URL that is read back from its parts and can be requested")
  func fuzz() throws {
    var fuzz = Fuzz(
      ["http://example.com:8080/api/1?x=2", "http://[::1]:80/", "http://127.0.0.1/%20", "https://u@a:1/#b"],
      seed: 8)
    var accepted = 0
    for _ in 0..<20_000 * Fuzz.factor {
      let text = String(decoding: fuzz.next(), as: UTF8.self)
      do throws(URLParts.Problem) {
        let parts = try URLParts(text)
        accepted += 1
        let copy = try URLParts("http://\(parts.authority)\(parts.target)")
        #expect(copy == parts, "\(text)")
        var output: [UInt8] = []
        #expect(throws: Never.self) {
          try RequestWriter(host: parts.authority).append("GET", parts.target, into: &output)
        }
        #expect(requestEvents([output[...]]).first?.message?.target == parts.target, "\(text)")
      } catch {
        #expect(!error.description.contains { $0.isNewline })
      }
    }
    #expect(accepted > 1000, "\(accepted)")
  }

  @Test("the reason is one plain line, whatever the URL holds")
  func description() {
    #expect(
      "\(URLParts.Problem.invalidHost("http://a\r\n\u{1B}"))"
        == "invalid host in 'http://a???' (expected a name or an address)")
    #expect("\(URLParts.Problem.missingScheme(String(repeating: "x", count: 500)))".count < 150)
  }

  @Test("IPv6 addresses are recognized exactly")
  func ipv6() {
    func isIPv6(_ text: String) -> Bool {
      let bytes = Array(text.utf8)
      return InternetAddress.isIPv6(bytes.indices, in: bytes.span.bytes)
    }
    for text in [
      "::", "::1", "1::", "1:2:3:4:5:6:7:8", "1::8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "abcd:EF01::",
      "::1.2.3.4",
      "1:2:3:4:5:6:1.2.3.4", "1::5:1.2.3.4",
    ] { #expect(isIPv6(text), "\(text)") }
    for text in [
      "", ":", ":::", "1", "1:", ":1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1::",
      "12345::", "g::",
      "1.2.3.4", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3", "::1.2.3.4:5", "1::2:", "::1.2.3.256", "::1.02.3.4",
    ] { #expect(!isIPv6(text), "\(text)") }
  }
}
