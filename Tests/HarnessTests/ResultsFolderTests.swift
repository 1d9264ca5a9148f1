import Foundation
import Testing

@testable import Harness

struct ResultsFolderTests {
  /// 2026-01-02 03:04:05 UTC.
  private let time = Date(timeIntervalSince1970: 1_767_323_045)

  @Test("a results file is named by host and time in UTC")
  func name() {
    let path = ResultsDirectory("/nowhere").path(forRunOn: "bench-1", at: time)
    #expect(path == "/nowhere/bench-1-20260102T030405Z.json")
    #expect(timestamp(time) == "2026-01-02T03:04:05Z")
  }

  @Test("file names have no fractions of a second")
  func fractions() {
    let later = time.addingTimeInterval(0.75)
    #expect(ResultsDirectory("/nowhere").path(forRunOn: "h", at: later) == "/nowhere/h-20260102T030405Z.json")
    #expect(timestamp(later) == "2026-01-02T03:04:05Z")
  }

  @Test(
    "any host name becomes a plain file name",
    arguments: [
      "", ".", "..", "../../etc/passwd", "a/b", "/", "a\\b", "a b", "a\nb", "a\r\nb", "a\0b", "-rf", "~",
      "$HOME",
      "`id`", "名前", "é", "a\u{301}", "*", "\u{1B}[31m", "con:", String(repeating: "x", count: 1000),
      String(repeating: "名", count: 1000),
    ])
  func hostileHosts(host: String) throws {
    let path = ResultsDirectory("/nowhere").path(forRunOn: host, at: time)
    let name = try #require(path.split(separator: "/nowhere/").first)
    #expect(path == "/nowhere/\(name)")
    #expect(name.hasSuffix("-20260102T030405Z.json"))
    #expect(name.utf8.count <= 100)
    let host = name.dropLast("-20260102T030405Z.json".count)
    #expect(!host.isEmpty)
    #expect(
      host.utf8.allSatisfy {
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-".utf8.contains($0)
      })
  }

  @Test("a machine without a name is called machine")
  func noName() {
    #expect(
      ResultsDirectory("r").path(forRunOn: "", at: time) == "r/machine-20260102T030405Z.json")
  }

  @Test("a run never gets the path of an existing file")
  func noOverwriting() throws {
    try withTemporaryFolder { path in
      let folder = ResultsDirectory(path)
      var given: [String] = []
      for _ in 0..<4 {
        let file = folder.path(forRunOn: "host", at: time)
        #expect(!given.contains(file))
        given.append(file)
        try write([], to: file)
      }
      let name = "\(path)/host-20260102T030405Z"
      #expect(given == ["\(name).json", "\(name)-2.json", "\(name)-3.json", "\(name)-4.json"])
    }
  }

  @Test("the results directory lists its JSON files by name, and nothing else")
  func listing() throws {
    try withTemporaryFolder { path in
      for name in ["b.json", "a.json", "notes.txt", "a.json.17.draft", "json"] {
        try write([], to: "\(path)/\(name)")
      }
      #expect(ResultsDirectory(path).files() == ["\(path)/a.json", "\(path)/b.json"])
      #expect(ResultsDirectory("\(path)/missing").files().isEmpty)
    }
  }
}
