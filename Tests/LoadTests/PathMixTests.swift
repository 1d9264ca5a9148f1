import Records
import TestSupport
import Testing

@testable import Load

struct PathMixTests {
  @Test("a list has paths with weights, 1 by default")
  func list() throws {
    let mix = try PathMix("/api/1e6=3,/healthcheck")
    #expect(
      mix.entries.map(\.path) == ["/api/1000000", "/healthcheck"] && mix.entries.map(\.weight) == [3, 1])
    #expect(mix.entries.map(\.answer) == [Array("500000500000".utf8), nil])
    #expect(try PathMix("/").entries.map(\.path) == ["/"])
    #expect(try PathMix("/a?b=1=7,/c?d==2").entries.map(\.path) == ["/a?b=1", "/c?d="])
  }

  @Test(
    "an invalid list is rejected",
    arguments: [
      ("", .noPath, "missing path (expected a list such as /api/1e6=3,/healthcheck)"),
      ("/a,,/b", .noPath, "missing path (expected a list such as /api/1e6=3,/healthcheck)"),
      ("api", .noSlash("api"), "invalid path: 'api' (expected a path that starts with /)"),
      ("=3", .noSlash(""), "invalid path: '' (expected a path that starts with /)"),
      (
        "/a b", .invalidCharacter("/a b"),
        "invalid character in path: '/a b' (encode it, such as %20 for a space)"
      ),
      (
        "/a\r\nX: 1", .invalidCharacter("/a\r\nX: 1"),
        #"invalid character in path: '/a\r\nX: 1' (encode it, such as %20 for a space)"#
      ),
      ("/a=", .invalidWeight("", path: "/a"), "invalid weight of path '/a': '' (expected 1 to 1000000)"),
      ("/a=0", .invalidWeight("0", path: "/a"), "invalid weight of path '/a': '0' (expected 1 to 1000000)"),
      (
        "/a=-1", .invalidWeight("-1", path: "/a"), "invalid weight of path '/a': '-1' (expected 1 to 1000000)"
      ),
      (
        "/a=1000001", .invalidWeight("1000001", path: "/a"),
        "invalid weight of path '/a': '1000001' (expected 1 to 1000000)"
      ),
      (
        "/a?b=1", .ambiguousWeight("/a?b=1"),
        "ambiguous weight: '/a?b=1' (for a query that ends in =1, append a weight: '/a?b=1=1')"
      ),
      (
        "/api/1e20", .numberTooLarge("/api/1e20"),
        "number too large: '/api/1e20' (expected at most 18446744073709551615)"
      ),
      (
        "/api/1e3,/api/1000", .repeatedPath("/api/1000"),
        "repeated path: '/api/1000' (give it once, with a weight)"
      ),
    ] as [(String, PathMixError, String)])
  func rejection(text: String, error: PathMixError, description: String) {
    #expect(throws: error) { try PathMix(text) }
    #expect(error.description == description)
  }

  @Test("a path that is too long, and a list that is, are rejected")
  func limits() throws {
    let long = "/" + String(repeating: "a", count: PathMix.mostLength - 1)
    #expect(try PathMix(long).entries.count == 1)
    #expect(throws: PathMixError.tooLong(long + "a")) { try PathMix(long + "a") }
    let many = (1...PathMix.mostPaths).map { "/\($0)" }.joined(separator: ",")
    #expect(try PathMix(many).entries.count == PathMix.mostPaths)
    #expect(throws: PathMixError.tooManyPaths(PathMix.mostPaths + 1)) { try PathMix(many + ",/x") }
    #expect(throws: PathMixError.noPath) { try PathMix([]) }
  }

  @Test("each path is drawn as often as its weight says")
  func frequencies() throws {
    let weights: [UInt64] = [1, 2, 3, 10, 84]
    let mix = try PathMix(weights.map { ("/\($0)", $0) }, seed: 5)
    var counts = [Double](repeating: 0, count: weights.count)
    for request in 0..<100_000 as Range<UInt64> { counts[mix.entry(ofRequest: request)] += 1 }
    let squares = zip(counts, weights).reduce(0) { sum, pair in
      let expected = Double(pair.1) * 1000
      return sum + (pair.0 - expected) * (pair.0 - expected) / expected
    }
    // Chi-square with 4 degrees of freedom: 18.47 is exceeded by one seed in 1000.
    #expect(squares < 18.47)
  }

  @Test("the paths follow from the seed and the request")
  func determinism() throws {
    let draws = { (seed: UInt64) in
      let mix = try PathMix("/a,/b=2,/c=3", seed: seed)
      return (0..<20).map { mix.entry(ofRequest: $0) }
    }
    #expect(try draws(1) == [1, 1, 2, 2, 2, 1, 1, 2, 1, 2, 2, 2, 2, 2, 0, 2, 1, 0, 2, 2])
    #expect(try draws(1) != draws(2))
    #expect(try PathMix("/a,/b", seed: 1) == PathMix("/a,/b", seed: 1))
    #expect(try PathMix("/a,/b", seed: 1) != PathMix("/a,/b", seed: 2))
    #expect(try PathMix("/a,/b", seed: 1) != PathMix("/a,/b=2", seed: 1))
  }

  @Test("the path of a request does not correlate with the gap before it, for the same seed")
  func independence() throws {
    let mix = try PathMix("/a,/b", seed: 7)
    let numbers = RandomSequence(seed: 7, use: .gaps)
    let agreements = (0..<10_000 as Range<UInt64>).count {
      (mix.entry(ofRequest: $0) == 1) == (numbers.number(at: $0) >> 63 == 1)
    }
    // 5000 with a standard deviation of 50.
    #expect((4800...5200).contains(agreements))
  }

  @Test("whatever text is read, it gives valid paths")
  func fuzz() throws {
    var fuzz = Fuzz(["/api/1e6=3,/healthcheck", "/a?b=1=7,/c", "/wait/10=99,/"], seed: 2)
    let accepted = fuzz.run(5000) { text in
      guard let mix = try? PathMix(text) else { return false }
      for entry in mix.entries {
        #expect(entry.path.hasPrefix("/") && entry.path.utf8.allSatisfy { 0x21...0x7E ~= $0 })
      }
      #expect(mix.entries.indices.contains(mix.entry(ofRequest: 1)))
      return true
    }
    #expect(accepted > 100)
  }
}

struct AnswerTests {
  @Test(
    "the answer of /api/n is the sum of the numbers up to n",
    arguments: [
      ("/api/0", "/api/0", "0"), ("/api/1", "/api/1", "1"), ("/api/007", "/api/7", "28"),
      ("/api/12e2", "/api/1200", "720600"), ("/api/0e99", "/api/0", "0"),
      ("/api/5e9", "/api/5000000000", "12500000002500000000"),
      ("/api/1e19", "/api/10000000000000000000", "50000000000000000005000000000000000000"),
      (
        "/api/18446744073709551615", "/api/18446744073709551615", "170141183460469231722463931679029329920"
      ),
    ])
  func sums(path: String, sent: String, answer: String) throws {
    let entry = try #require(PathMix(path).entries.first)
    #expect(entry.path == sent && entry.answer == Array(answer.utf8))
    #expect(entry.accepts(Array(answer.utf8)) && entry.accepts(Array("\(answer)\n".utf8)[...]))
    #expect(!entry.accepts(Array("\(answer)0".utf8)) && !entry.accepts(Array(" \(answer)".utf8)))
    #expect(!entry.accepts(Array("\(answer)\n\n".utf8)) && !entry.accepts([]))
  }

  @Test(
    "other paths are sent as they are, and any body is accepted",
    arguments: [
      "/", "/api", "/api/", "/api/x", "/api/1e", "/api/e6", "/api/1e6/2", "/api/1_000", "/api/-1",
      "/api/1.5e3",
    ])
  func others(path: String) throws {
    let entry = try #require(PathMix(path).entries.first)
    #expect(entry.path == path && entry.answer == nil && entry.accepts([1, 2]))
  }

  @Test(
    "a number of more than 64 bits is rejected",
    arguments: ["/api/18446744073709551616", "/api/2e19", "/api/1e99999999999999999999"])
  func tooLarge(path: String) {
    #expect(throws: PathMixError.numberTooLarge(path)) { try PathMix(path) }
  }
}
