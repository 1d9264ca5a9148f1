import Platform
import TestSupport
import Testing

@Suite struct TemporaryDirectoryTests {
  @Test("a temporary directory is removed with its files when its last reference is gone")
  func removal() throws {
    let folder = try TemporaryFolder()
    var directory: TemporaryDirectory? = try TemporaryDirectory(prefix: "kept", in: folder.path)
    let path = try #require(directory?.path)
    try directory?.create("file").write([1])
    #expect(File.exists("\(path)/file"))
    directory = nil
    #expect(!File.exists(path))
  }

  @Test("only directories that no process has locked are removed as abandoned")
  func abandoned() throws {
    let folder = try TemporaryFolder()
    let directory = try TemporaryDirectory(prefix: "kept", in: folder.path)
    // As a killed process leaves them, of another program, and not yet complete.
    try writeTree(
      ["kept.1.a/lock": "", "kept.1.a/socket": "x", "other.1.a/lock": "", "kept.2.b/x": ""], to: folder.path)
    TemporaryDirectory.removeAbandoned(prefix: "kept", in: folder.path)
    #expect(File.isDirectory(directory.path))
    #expect(
      try File.names(in: folder.path).filter { !directory.path.hasSuffix($0) } == ["kept.2.b", "other.1.a"])
  }

  @Test("a socket path that does not fit in an address is an error, and so is one where nobody listens")
  func socketPaths() throws {
    let folder = try TemporaryFolder()
    #expect(throws: SystemError.self) { try Descriptor.connecting(toSocket: "\(folder.path)/none") }
    #expect { try Descriptor.connecting(toSocket: "/" + String(repeating: "x", count: 200)) } throws: {
      "\($0)".contains("name too long")
    }
  }
}
