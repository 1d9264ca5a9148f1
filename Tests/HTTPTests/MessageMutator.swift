import TestSupport

/// Requests that are changed a little, mostly in the places on which parsers disagree.
struct MessageMutator {
  private static let tokens = [
    "\r\n", "\r", "\n", "\n\n", "\r\n\r\n", "\0", "\t", " ", ":", ",", ";", "%", "%41", "=", "\"", "\u{7F}",
    "é", "\u{A0}",
    "Content-Length: 5\r\n", "Content-Length: 0\r\n", "Transfer-Encoding: chunked\r\n", "Host: b\r\n",
    "chunked",
    "Connection: close\r\n", "Connection: keep-alive\r\n", "Expect: 100-continue\r\n", "HTTP/1.0", "HTTP/1.1",
    "http://b", "0\r\n\r\n", "5\r\nhello\r\n", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "10000000000000000", "+",
    "-",
    "0x", "[::1]", " \r\n", "X: y\r\n", "*", "?", "/", "100 Continue\r\n\r\n",
    "HTTP/1.1 204 No Content\r\n\r\n",
  ].map { Array($0.utf8) }

  private let seeds: [[UInt8]]
  private var fuzz: Fuzz
  private(set) var generator: SplitMix64

  init(_ seeds: [String], seed: UInt64) {
    self.seeds = seeds.map { Array($0.utf8) }
    fuzz = Fuzz(seeds, seed: seed)
    generator = SplitMix64(seed: seed)
  }

  /// The next input, of a kilobyte or so at most.
  mutating func next() -> [UInt8] {
    var bytes = Bool.random(using: &generator) ? fuzz.next() : seeds.randomElement(using: &generator) ?? []
    for _ in 0..<Int.random(in: 0...2, using: &generator) {
      let start = Int.random(in: 0...bytes.count, using: &generator)
      let end = min(bytes.count, start + Int.random(in: 0...2, using: &generator))
      bytes.replaceSubrange(start..<end, with: Self.tokens.randomElement(using: &generator) ?? [])
    }
    return Array(bytes.prefix(2000))
  }

  /// Splits bytes at up to four random places.
  mutating func split(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    bytes.split(Int.random(in: 1...4, using: &generator), &generator)
  }
}
