import TestSupport
import Testing

@testable import HTTP

@Suite(.timeLimit(.minutes(20)))
struct ResponseFuzzTests {
  private static let seeds = [
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Worker: 1/4711\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\nok",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n1\r\n!\r\n0\r\nT: t\r\n\r\n",
    "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil the end",
    "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\nHTTP/1.0 503 Busy\r\n\r\nbusy",
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 304 Not Modified\r\n\r\n",
    "HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, HEAD\r\nContent-Length: 0\r\n\r\n",
  ]

  @Test("malformed responses are parsed alike however they are split")
  func malformed() {
    var mutator = MessageMutator(Self.seeds, seed: 1989)
    var (accepted, refused) = (0, 0)
    for index in 0..<10_000 * Fuzz.factor {
      let bytes = mutator.next()
      let methods: [Method] = index % 4 == 0 ? [.head, .get, .head] : []
      let whole = responseEvents([bytes[...]], answering: methods)
      let name = String(decoding: bytes, as: UTF8.self).debugDescription
      #expect(responseEvents(mutator.split(bytes), answering: methods) == whole, "\(name)")
      if index % 20 == 0 { #expect(responseEvents(bytes.singles, answering: methods) == whole, "\(name)") }
      for case .message(let message, let end) in whole {
        accepted += 1
        #expect(message.body.count == message.response.bodyLength && end <= bytes.count, "\(name)")
      }
      for case .failure(let error) in whole {
        refused += 1
        #expect(!error.description.contains("\n"))
      }
    }
    #expect(accepted > 2_000 && refused > 2_000, "\(accepted) \(refused)")
  }

  @Test("responses with random bodies are read back, however they are framed and split")
  func roundTrip() {
    var generator = SplitMix64(seed: 3)
    for _ in 0..<300 {
      let bodies = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
        (0..<Int.random(in: 0...100, using: &generator)).map { _ in
          UInt8.random(in: 0...255, using: &generator)
        }
      }
      let bytes = bodies.flatMap { body in
        let head = "HTTP/1.1 200 OK\r\nX-Worker: \(body.count)\r\n"
        if Bool.random(using: &generator) {
          return Array("\(head)Content-Length: \(body.count)\r\n\r\n".utf8) + body
        }
        let chunks = body.split(3, &generator).filter { !$0.isEmpty }
        return Array("\(head)Transfer-Encoding: chunked\r\n\r\n".utf8)
          + chunks.flatMap {
            Array("\(String($0.count, radix: 16, uppercase: true))\r\n".utf8) + $0 + [13, 10]
          }
          + Array("0\r\n\r\n".utf8)
      }
      let whole = responseEvents([bytes[...]])
      #expect(whole.map(\.message?.body) == bodies)
      #expect(whole.map(\.message?.response.header) == bodies.map { "\($0.count)" })
      #expect(responseEvents(bytes.singles) == whole)
      #expect(responseEvents(bytes.split(4, &generator)) == whole)
    }
  }
}
