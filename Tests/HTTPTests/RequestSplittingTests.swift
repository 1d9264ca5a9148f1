import TestSupport
import Testing

@testable import HTTP

struct RequestSplittingTests {
  @Test("pipelined sequences of random valid requests are read back, however their bytes are split")
  func pipelines() throws {
    var generator = SplitMix64(seed: 11)
    for _ in 0..<500 {
      let requests = (0..<Int.random(in: 1...6, using: &generator)).map { _ in generator.request() }
      let bytes = requests.flatMap(\.bytes)
      let whole = requestEvents([bytes[...]])
      #expect(whole.count == requests.count)
      for (event, request) in zip(whole, requests) {
        let message = try #require(event.message)
        #expect(message.method == request.method && message.target == request.target)
        #expect(message.bodyLength == request.bodyLength)
        #expect(
          message.headers.dropFirst().prefix(request.headers.count).elementsEqual(request.headers) {
            $0.name == Array($1.0.utf8) && $0.value == Array($1.1.utf8)
          })
      }
      #expect(requestEvents(bytes.singles) == whole)
      for _ in 0..<5 { #expect(requestEvents(bytes.split(3, &generator)) == whole) }
    }
  }

  @Test("every request in two pieces, split at every byte, is the same as in one")
  func everySplit() {
    for seed in RequestFuzzTests.requests + RequestFuzzTests.attacks {
      let bytes = Array(seed.utf8)
      let whole = requestEvents([bytes[...]])
      for place in bytes.indices {
        #expect(requestEvents([bytes[..<place], bytes[place...]]) == whole)
      }
    }
  }
}

/// A valid request and its text.
private struct RandomRequest {
  var method = ""
  var target = ""
  var headers: [(String, String)] = []
  var bodyLength = 0
  var bytes: [UInt8] = []
}

extension SplitMix64 {
  /// Returns text of random characters.
  fileprivate mutating func text(_ characters: String, _ count: ClosedRange<Int>) -> String {
    String(
      (0..<Int.random(in: count, using: &self)).map { _ in characters.randomElement(using: &self) ?? "a" })
  }

  fileprivate mutating func request() -> RandomRequest {
    let letters = "abcXYZ019-"
    var request = RandomRequest()
    request.method = ["GET", "HEAD", "POST", "PATCH", "BREW"].randomElement(using: &self) ?? ""
    request.target =
      "/" + text("abc/._~%", 0...20).replacing("%", with: "%2a") + (Bool.random(using: &self) ? "?a=b" : "")
    request.headers = (0..<Int.random(in: 0...8, using: &self)).map { _ in
      ("X-" + text(letters, 1...20), text(letters + "  \t:;=", 0...60).trimmed)
    }
    let body = text("\r\n 0;a", 0...50)
    request.bodyLength = body.utf8.count
    var head = "\(request.method) \(request.target) HTTP/1.1\r\nHost: \(text("abc.", 0...9))\r\n"
    head += request.headers.map { "\($0):\(text(" \t", 0...2))\($1)\(text(" ", 0...1))\r\n" }.joined()
    if Bool.random(using: &self) {
      request.bytes = Array("\(head)Content-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8)
    } else {
      request.bytes = Array("\(head)Transfer-Encoding: chunked\r\n\r\n".utf8) + chunks(Array(body.utf8))
    }
    return request
  }

  /// Returns a body as chunks of random sizes, with extensions and trailers.
  private mutating func chunks(_ body: [UInt8]) -> [UInt8] {
    var (bytes, rest): ([UInt8], ArraySlice<UInt8>) = ([], body[...])
    while !rest.isEmpty {
      let chunk = rest.prefix(Int.random(in: 1...20, using: &self))
      let fields = ["", ";a", ";a=b", ";a=\"\\\"; \""].randomElement(using: &self) ?? ""
      bytes +=
        Array("\(text("0", 0...2))\(String(chunk.count, radix: 16))\(fields)\r\n".utf8) + chunk + [13, 10]
      rest = rest.dropFirst(chunk.count)
    }
    return bytes + Array("0\r\n\(text("T", 0...1).isEmpty ? "" : "Trailer: x\r\n")\r\n".utf8)
  }
}

extension String {
  /// The text without whitespace at its ends.
  fileprivate var trimmed: String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }
}
