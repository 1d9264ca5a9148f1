import TestSupport
import Testing

@testable import Platform

/// Adding to files.
struct FileAppendTests {
  @Test("a text is added to the end of a file, which is created if it is missing")
  func appends() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/answers"
    try File.append("one\n", to: path)
    try File.append("two\n", to: path)
    #expect(try File.read(path, limit: 100) == "one\ntwo\n")
  }

  @Test("a file that cannot be written is an error with its path")
  func unwritable() throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: SystemError.self) { try File.append("x", to: folder.path) }
    #expect(error?.description.contains(folder.path) == true)
  }
}
