import CPlatform
import Testing

@testable import Platform

struct FileIdentityTests {
  @Test("a file that is not touched keeps its identity, also through a link")
  func kept() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("file", "text")
    #expect(symlink(path, folder.file("link")) == 0)
    #expect(FileIdentity(of: path) != nil)
    #expect(FileIdentity(of: path) == FileIdentity(of: path))
    #expect(FileIdentity(of: folder.file("link")) == FileIdentity(of: path))
  }

  @Test("a file that is replaced, written, or only set to another time has another identity")
  func changed() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("file", "text")
    var seen = [try #require(FileIdentity(of: path))]
    func expectChange(_ change: () throws -> Void) throws {
      try change()
      let identity = try #require(FileIdentity(of: path))
      #expect(!seen.contains(identity))
      seen.append(identity)
    }
    // The first file stays, so that its inode is not given away again.
    #expect(link(path, folder.file("first")) == 0)
    try expectChange { try folder.write("file", "text") }
    try expectChange { #expect(truncate(path, 2) == 0) }
    try expectChange {
      var times = [timespec(tv_sec: 1, tv_nsec: 1), timespec(tv_sec: 1, tv_nsec: 1)]
      #expect(utimensat(AT_FDCWD, path, &times, 0) == 0)
    }
    try expectChange {
      var times = [timespec(tv_sec: 1, tv_nsec: 2), timespec(tv_sec: 1, tv_nsec: 2)]
      #expect(utimensat(AT_FDCWD, path, &times, 0) == 0)
    }
  }

  @Test("a missing file has none")
  func missing() throws {
    #expect(FileIdentity(of: try TemporaryFolder().file("none")) == nil)
  }
}
