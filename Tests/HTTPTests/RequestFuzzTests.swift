import TestSupport
import Testing

@testable import HTTP

@Suite(.timeLimit(.minutes(20)))
struct RequestFuzzTests {
  /// Real requests.
  static let requests = [
    "GET /api/1000 HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nUser-Agent: curl/8.5.0\r\nAccept: */*\r\nConnection: keep-alive\r\n\r\n",
    "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\nGET /healthcheck HTTP/1.0\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: [::1]:80\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhelloGET / HTTP/1.1\r\n",
    "PUT http://a:80/b?c=%20 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nT: t\r\n\r\n",
    "OPTIONS * HTTP/1.1\r\nHost:\r\nX-Long: \(String(repeating: "long ", count: 30))\r\n\r\n",
    "HEAD /wait/20?blocking HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
  ]
  /// Attacks.
  static let attacks =
    (SmugglingTests.lengths + SmugglingTests.codings + SmugglingTests.lines + SmugglingTests.chunks).map {
      $0.bytes + SmugglingTests.hidden
    }
  /// Both, the real ones more often.
  static let seeds = (0..<20).flatMap { _ in requests } + attacks

  private static let smallLimits = {
    var limits = RequestLimits()
    (limits.requestLine, limits.head, limits.headers, limits.body) = (30, 100, 3, 5)
    return limits
  }()

  @Test(
    "malformed requests are parsed alike however they are split, and as a second reading of their heads"
  )
  func malformed() {
    var mutator = MessageMutator(Self.seeds, seed: 2026)
    var (accepted, refused) = (0, 0)
    for index in 0..<10_000 * Fuzz.factor {
      let bytes = mutator.next()
      let limits = index % 4 == 0 ? Self.smallLimits : RequestLimits()
      let whole = requestEvents([bytes[...]], limits: limits)
      #expect(requestEvents(mutator.split(bytes), limits: limits) == whole, "\(text(bytes))")
      if index % 20 == 0 {
        #expect(requestEvents(bytes.singles, limits: limits) == whole, "\(text(bytes))")
      }
      for case .message(let request, _) in whole {
        accepted += 1
        let again = requestEvents([request.serialized[...]])
        #expect(again.count == 1 && again[0].message?.isEquivalent(to: request) == true, "\(text(bytes))")
      }
      for case .failure(let error) in whole {
        refused += 1
        #expect(400...505 ~= error.status.rawValue && !error.description.contains("\n"))
      }
      if limits == RequestLimits() { checkFirstHead(bytes, whole) }
    }
    #expect(accepted > 1_500 && refused > 5_000, "\(accepted) \(refused)")
  }

  /// Compares the first event of a stream with the reference.
  private func checkFirstHead(_ bytes: [UInt8], _ events: [RequestEvent]) {
    let reference = ReferenceHead(bytes)
    switch events.first {
    case .message(let request, _):
      #expect(reference?.method == request.method && reference?.target == request.target, "\(text(bytes))")
      #expect(reference?.names == request.headers.map(\.lowercasedName), "\(text(bytes))")
      #expect(reference?.values == request.headers.map(\.value), "\(text(bytes))")
    case .failure(.chunk), .failure(.bodyTooLarge): break
    // The reference does not check addresses in brackets.
    case .failure(.invalidHost), .failure(.invalidTarget):
      #expect(reference == nil || bytes.contains(UInt8(ascii: "[")), "\(text(bytes))")
    case .failure: #expect(reference == nil, "\(text(bytes))")
    case nil: break
    }
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self).debugDescription }
}
