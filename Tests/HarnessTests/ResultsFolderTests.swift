import Foundation
import Platform
import Testing

@testable import Harness

struct ResultsFolderTests {
  /// 2026-01-02 03:04:05 UTC.
  private let time = UTCTime(seconds: 1_767_323_045)

  /// The name of the file of a new run in an empty directory.
  private func name(forRunOn host: String, at time: UTCTime) throws -> String {
    var name = ""
    try withTemporaryFolder { path in
      let file = try ResultsDirectory(path).claimFile(forRunOn: host, at: time)
      #expect(try File.names(in: path).map { "\(path)/\($0)" } == [file.path])
      name = String(file.path.dropFirst(path.count + 1))
    }
    return name
  }

  @Test("a results file is named by host and time in UTC")
  func name() throws {
    #expect(try name(forRunOn: "bench-1", at: time) == "bench-1-20260102T030405Z.json")
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
    let name = try name(forRunOn: host, at: time)
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
  func noName() throws {
    #expect(try name(forRunOn: "", at: time) == "machine-20260102T030405Z.json")
  }

  @Test("a run never gets an existing file, nor what a symbolic link leads to")
  func noOverwriting() throws {
    try withTemporaryFolder { path in
      let name = "\(path)/host-20260102T030405Z"
      try write([1], to: "\(name).json")
      for link in ["-2", "-3"] {
        try FileManager.default.createSymbolicLink(
          atPath: "\(name)\(link).json", withDestinationPath: link == "-2" ? "missing" : "\(name).json")
      }
      let files = try (0..<3).map { _ in try ResultsDirectory(path).claimFile(forRunOn: "host", at: time) }
      #expect(files.map(\.path) == ["\(name)-4.json", "\(name)-5.json", "\(name)-6.json"])
      #expect(!File.exists("\(path)/missing"))
      #expect(try File.read("\(name).json", limit: 10) == "\u{1}")
    }
  }

  @Test("the results directory lists its JSON files by name, without links and empty files")
  func listing() throws {
    try withTemporaryFolder { path in
      for name in ["b.json", "a.json", "notes.txt", "a.json.17.draft", "json"] {
        try write([1], to: "\(path)/\(name)")
      }
      try write([], to: "\(path)/claimed.json")
      try FileManager.default.createSymbolicLink(
        atPath: "\(path)/latest.json", withDestinationPath: "a.json")
      #expect(ResultsDirectory(path).files() == ["\(path)/a.json", "\(path)/b.json"])
      #expect(ResultsDirectory("\(path)/missing").files().isEmpty)
    }
  }
}
