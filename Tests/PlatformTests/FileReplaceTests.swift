import CPlatform
import Dispatch
import Testing

@testable import Platform

struct FileReplaceTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test("a file is created and replaced, and no draft remains")
  func replacing() throws {
    let path = folder.file("a.json")
    for text in ["one", "", String(repeating: "long ", count: 50_000), "two"] {
      try File.replace(path, with: text.utf8)
      #expect(try File.read(path, limit: 1 << 20) == text)
      #expect(try folder.names() == ["a.json"])
    }
  }

  @Test("a reader sees the old content or the new, never a mixture")
  func atomic() throws {
    let path = folder.file("a")
    let size = 100_000
    let contents = [UInt8(ascii: "x"), UInt8(ascii: "y")].map { [UInt8](repeating: $0, count: size) }
    try File.replace(path, with: contents[0])
    let writing = DispatchGroup()
    DispatchQueue(label: "writer").async(group: writing) {
      for round in 1...200 { try? File.replace(path, with: contents[round % 2]) }
    }
    repeat {
      let read = Array(try File.read(path, limit: size).utf8)
      #expect(contents.contains(read))
    } while writing.wait(timeout: .now()) == .timedOut
  }

  @Test("a directory is not replaceable")
  func folders() throws {
    let path = folder.file("folder")
    try File.createDirectory(path)
    #expect(throws: SystemError(operation: "write", subject: path, code: EISDIR)) {
      try File.replace(path, with: [1])
    }
    #expect(throws: SystemError(operation: "write", subject: path, code: EISDIR)) {
      try File.checkReplaceable(path)
    }
    #expect(try folder.names() == ["folder"])
    #expect(try File.names(in: path) == [])
  }

  @Test("a file is not replaceable in an impossible place")
  func impossiblePlaces() throws {
    try folder.write("file", "old")
    for (place, code) in [
      ("missing/a", ENOENT), ("file/a", ENOTDIR), (String(repeating: "x", count: 300), ENAMETOOLONG),
    ] {
      let path = folder.file(place)
      let error = SystemError(operation: "write", subject: path, code: code)
      #expect(throws: error) { try File.replace(path, with: [1]) }
      #expect(throws: error) { try File.checkReplaceable(path) }
    }
    #expect(try folder.names() == ["file"])
    #expect(try File.read(folder.file("file"), limit: 10) == "old")
  }

  @Test("checking whether a file is replaceable leaves no trace")
  func noTrace() throws {
    try folder.write("old", "content")
    var (before, after) = (stat(), stat())
    stat(folder.file("old"), &before)
    try File.checkReplaceable(folder.file("old"))
    try File.checkReplaceable(folder.file("new"))
    stat(folder.file("old"), &after)
    #expect(try folder.names() == ["old"])
    #expect(try File.read(folder.file("old"), limit: 100) == "content")
    #expect(before.st_ino == after.st_ino)
  }

  @Test("checking whether a directory is writable leaves no trace")
  func noTraceOfFolder() throws {
    try File.createDirectory(folder.file("old"))
    try File.checkDirectory(folder.file("old"))
    try File.checkDirectory(folder.file("new"))
    #expect(try folder.names() == ["old"] && File.names(in: folder.file("old")).isEmpty)
    try folder.write("file", "")
    for (place, code) in [("missing/a", ENOENT), ("file", EEXIST), ("file/a", ENOTDIR)] {
      let path = folder.file(place)
      #expect(throws: SystemError(operation: "create directory", subject: path, code: code)) {
        try File.checkDirectory(path)
      }
    }
    #expect(try folder.names() == ["file", "old"])
  }

  @Test("a draft left by a crash does no harm")
  func oldDraft() throws {
    try folder.write("a.\(getpid()).draft", "left behind")
    try File.replace(folder.file("a"), with: "new".utf8)
    #expect(try folder.names() == ["a"])
    #expect(try File.read(folder.file("a"), limit: 100) == "new")
  }

  @Test("a symbolic link in place of the draft is not written through")
  func linkAsDraft() throws {
    let victim = try folder.write("victim", "precious")
    symlink(victim, folder.file("a.\(getpid()).draft"))
    try File.replace(folder.file("a"), with: "new".utf8)
    #expect(try File.read(victim, limit: 100) == "precious")
    #expect(try folder.names() == ["a", "victim"])
  }

  @Test("a new file has the mode that the umask leaves, and a replaced one keeps its own")
  func mode() throws {
    let mask = umask(0o022)
    umask(mask)
    let path = folder.file("a")
    for mode in [0o666 & ~mask, 0o600, 0o640, 0o666] {
      if File.exists(path) { chmod(path, mode) }
      try File.replace(path, with: [1])
      #expect(try #require(File.status(of: path)).st_mode & 0o777 == mode)
    }
  }

  @Test("the target of a path is what its symbolic links lead to, whether or not it exists")
  func targets() throws {
    let path = try folder.write("run", "old")
    for (link, content) in [
      ("relative", "run"), ("absolute", path), ("chain", "relative"), ("dangling", "none"),
      ("circle", "circle"), ("directory", "."), ("device", "/dev/null"),
    ] {
      symlink(content, folder.file(link))
    }
    for name in ["run", "relative", "absolute", "chain"] {
      let target = try File.target(of: folder.file(name))
      #expect(target == path)
    }
    #expect(try File.target(of: folder.file("dangling")) == folder.file("none"))
    for name in ["none", "directory", "device"] {
      #expect(try File.target(of: folder.file(name)) == folder.file(name))
    }
    #expect(throws: SystemError(operation: "write", subject: folder.file("circle"), code: ELOOP)) {
      try File.target(of: folder.file("circle"))
    }
  }

  @Test("the directory of a path ends at its last slash")
  func directories() {
    for (path, directory) in [
      ("run", "."), ("a/run", "a"), ("/run", "/"), ("/a/b/run", "/a/b"), ("a/\u{301}run", "a"), ("", "."),
    ] {
      #expect(File.directory(of: path) == directory)
    }
  }
}
