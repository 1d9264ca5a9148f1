import TestSupport
import Testing

@testable import Fleet

@Suite struct RedisParserTests {
  private static let replies: [(text: String, value: RedisValue)] = [
    ("+OK\r\n", .simple("OK")), ("-ERR no\r\n", .error("ERR no")), (":-12\r\n", .integer(-12)),
    ("$5\r\na\r\nbc\r\n", .bulk(Array("a\r\nbc".utf8))), ("$0\r\n\r\n", .bulk([])), ("$-1\r\n", .null),
    ("*-1\r\n", .null), ("*0\r\n", .array([])),
    ("*2\r\n:1\r\n*1\r\n$1\r\nx\r\n", .array([.integer(1), .array([.bulk([120])])])),
    ("*2\r\n*0\r\n$-1\r\n", .array([.array([]), .null])),
  ]

  private static func values(of bytes: [UInt8], in pieces: [Int]) throws -> [RedisValue] {
    var (parser, values, start): (RedisParser, [RedisValue], Int) = (RedisParser(), [], 0)
    for end in pieces + [bytes.count] {
      parser.append(bytes[start..<end])
      start = end
      while let value = try parser.next() { values.append(value) }
    }
    return values
  }

  @Test("replies are the same in one piece, in two cut anywhere, and byte by byte")
  func pieces() throws {
    let bytes = Array(Self.replies.map(\.text).joined().utf8)
    let expected = Self.replies.map(\.value)
    for cut in 0...bytes.count { #expect(try Self.values(of: bytes, in: [cut]) == expected) }
    #expect(try Self.values(of: bytes, in: Array(0..<bytes.count)) == expected)
  }

  @Test(
    "malformed replies are refused",
    arguments: [
      "HTTP/1.1 400 Bad Request\r\n", "+a\nb\r\n", "+a\rb\r\n", ":\r\n", ":1x\r\n", ":+1\r\n", ":01\r\n",
      "$-2\r\n",
      "$3\r\nabcde\r\n", "*-2\r\n", ":99999999999999999999\r\n",
    ])
  func malformed(_ text: String) {
    #expect(throws: RedisParser.Problem.self) { try Self.values(of: Array(text.utf8), in: []) }
  }

  @Test("a reply is bounded: its lines, its bytes, its values and its depth")
  func bounded() {
    let hostile = [
      "+" + String(repeating: "a", count: 70_000), "$99999999999\r\n", "*99999999999\r\n",
      String(repeating: "*1\r\n", count: 20),
      "*1048576\r\n" + String(repeating: ":1\r\n", count: 10) + String(repeating: "*1048576\r\n", count: 9),
    ]
    for text in hostile {
      #expect(throws: RedisParser.Problem.tooLarge) { try Self.values(of: Array(text.utf8), in: []) }
    }
  }

  @Test("mutated replies are read or refused alike, however they are split", arguments: 1...200)
  func fuzz(_ seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var bytes = Array(Self.replies.map(\.text).joined().utf8)
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
    }
    let whole = Result { try Self.values(of: bytes, in: []) }
    let pieces = Result { try Self.values(of: bytes, in: Array(0..<bytes.count)) }
    switch (whole, pieces) {
    case (.success(let one), .success(let other)): #expect(one == other)
    case (.failure(let one), .failure(let other)): #expect("\(one)" == "\(other)")
    default: Issue.record("read in one way and refused in another")
    }
  }

  @Test("a command is a list of its words, which may be any bytes")
  func commands() throws {
    var bytes: [UInt8] = []
    RedisCommand.append(["SET", "", "a\r\nü"], into: &bytes)
    #expect(
      try Self.values(of: bytes, in: []) == [
        .array([.bulk(Array("SET".utf8)), .bulk([]), .bulk(Array("a\r\nü".utf8))])
      ])
  }

  @Test(
    "an address of Redis has a host, and perhaps a port and a key",
    arguments: [
      ("redis://127.0.0.1", "127.0.0.1:6379 scaleup:jobs"),
      ("redis://localhost:7000/", "localhost:7000 scaleup:jobs"),
      ("redis://[::1]:7000/a/b", "[::1]:7000 a/b"), ("redis://", nil), ("redis://a:0", nil),
      ("redis://a:x", nil),
      ("redis://user:word@a", nil), ("http://a", nil), ("redis://a/b c", nil), ("redis://[::1", nil),
    ] as [(String, String?)])
  func addresses(_ text: String, _ expected: String?) {
    #expect(RedisAddress(text).map { "\($0) \($0.key)" } == expected)
  }
}
