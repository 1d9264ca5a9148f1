import CPlatform
import Testing

@testable import Platform

struct FileTests {
  @Test("a file is read whole, however many reads it takes")
  func reading() throws {
    let folder = try TemporaryFolder()
    let text = (0..<40_000).map { "\($0) é\n" }.joined()
    let path = try folder.write("long", text)
    #expect(try File.read(path, limit: 1 << 22) == text)
    #expect(try File.read(folder.write("empty", ""), limit: 0) == "")
  }

  @Test(
    "a file may be as long as the limit, and not a byte longer", arguments: [1, 10, 65_536, 65_537, 200_000])
  func limit(size: Int) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("file", String(repeating: "x", count: size))
    #expect(try File.read(path, limit: size).count == size)
    #expect(throws: SystemError(operation: "read", subject: path, code: EFBIG)) {
      try File.read(path, limit: size - 1)
    }
  }

  @Test("an endless file is refused")
  func endless() {
    #expect(throws: SystemError(operation: "read", subject: "/dev/zero", code: EFBIG)) {
      try File.read("/dev/zero", limit: 1 << 20)
    }
  }

  @Test("reading accepts regular files only")
  func notReadable() throws {
    let folder = try TemporaryFolder()
    let missing = folder.file("missing")
    #expect(throws: SystemError(operation: "open", subject: missing, code: ENOENT)) {
      try File.read(missing, limit: 10)
    }
    #expect(throws: SystemError(operation: "read", subject: folder.path, code: EISDIR)) {
      try File.read(folder.path, limit: 10)
    }
  }

  @Test("bytes that are not UTF-8 are replaced, and the rest is read")
  func invalidText() throws {
    let folder = try TemporaryFolder()
    try File.replace(folder.file("odd"), with: [0x61, 0xFF, 0x62, 0xC3] as [UInt8])
    #expect(try File.read(folder.file("odd"), limit: 10) == "a\u{FFFD}b\u{FFFD}")
  }

  @Test("the names in a directory are sorted and complete")
  func names() throws {
    let folder = try TemporaryFolder()
    for name in ["b", "a", ".hidden", "é", "c d"] { try folder.write(name, "") }
    try File.createDirectory(folder.file("z"))
    #expect(try folder.names() == [".hidden", "a", "b", "c d", "z", "é"])
    #expect(throws: SystemError(operation: "list directory", subject: folder.file("none"), code: ENOENT)) {
      try File.names(in: folder.file("none"))
    }
  }

  @Test("a directory is created once, in an existing directory only")
  func createDirectory() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("new")
    #expect(!File.isDirectory(path))
    try File.createDirectory(path)
    try File.createDirectory(path)
    #expect(File.isDirectory(path))
    let (deep, file) = (folder.file("x/y"), try folder.write("file", ""))
    #expect(throws: SystemError(operation: "create directory", subject: deep, code: ENOENT)) {
      try File.createDirectory(deep)
    }
    #expect(throws: SystemError(operation: "create directory", subject: file, code: EEXIST)) {
      try File.createDirectory(file)
    }
  }

  @Test("the time of a change may be long before or after our own", arguments: [-3, 0, 9_300_000_000])
  func changeTime(seconds: Int) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("file", "")
    let times = [timespec(tv_sec: 0, tv_nsec: 0), timespec(tv_sec: seconds, tv_nsec: 5)]
    #expect(utimensat(AT_FDCWD, path, times, 0) == 0)
    let time = try #require(File.changeTime(path))
    // A file system may keep a time of its own range instead.
    var status = try #require(File.status(of: path))
    #expect(time.seconds == scaleup_change_time(&status).tv_sec)
    #expect(File.changeTime(folder.file("none")) == nil)
  }

  @Test("directories and files without permission are not executable")
  func isExecutable() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("program", "")
    #expect(!File.isExecutable(path))
    chmod(path, 0o755)
    #expect(File.isExecutable(path))
    #expect(!File.isExecutable(folder.path))
    #expect(!File.isExecutable(folder.file("missing")))
    #expect(File.isExecutable("/bin/echo"))
  }

  @Test("this executable's directory contains this executable")
  func executableDirectory() throws {
    let folder = try #require(File.executableDirectory())
    #expect(folder.hasPrefix("/"))
    #expect(File.isDirectory(folder))
    let names = try File.names(in: folder)
    #expect(names.contains { File.isExecutable("\(folder)/\($0)") })
  }
}
