import Testing

@testable import Fleet

@Suite struct JobPathTests {
  @Test(
    "the work of a job is a path, without the white space around it",
    arguments: [("/api/1000", "/api/1000"), (" /wait/5?blocking\r\n", "/wait/5?blocking"), ("/", "/")])
  func accepted(_ text: String, _ path: String) throws {
    let read = try JobPath(text)
    #expect(read.text == path)
  }

  @Test(
    "an invalid path is refused",
    arguments: [
      "", "api/1000", "/a b", "/api/1\r\nHost: x", "http://a/b", "/\u{0}", "/ü",
      String(repeating: "/a", count: 600),
    ])
  func refused(_ text: String) {
    #expect(throws: JobPath.Problem.self) { try JobPath(text) }
  }

  @Test(
    "the right answer to /api/N is the sum 0…N",
    arguments: [
      ("/api/0", "0"), ("/api/1000", "500500"), ("/api/1e6", "500000500000"), ("/api/5?x", "15"),
      ("/api/5000000000", "12500000002500000000"),
    ])
  func answers(_ path: String, _ answer: String) {
    #expect(JobPath.expectedAnswer(to: path) == answer)
  }

  @Test(
    "other paths may have any answer",
    arguments: [
      "/", "/api/", "/api/x", "/api/-1", "/api/1e", "/api/1e99", "/wait/5", "/api/99999999999999999999",
    ])
  func unknown(_ path: String) {
    #expect(JobPath.expectedAnswer(to: path) == nil)
  }

  @Test(
    "the name of a job is a number, or two as Redis writes them",
    arguments: [
      ("1", true), ("1795921911979-0", true), ("18446744073709551615", true), ("", false), ("01", false),
      ("-1", false), ("1-", false), ("1-2-3", false), ("18446744073709551616", false), ("1 ", false),
      ("x", false),
    ])
  func names(_ text: String, _ isName: Bool) {
    #expect(JobID(text)?.description == (isName ? text : nil))
  }
}
