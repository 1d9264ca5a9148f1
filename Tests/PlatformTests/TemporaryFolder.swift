import CPlatform
import TestSupport
import Testing

@testable import Platform

/// An empty folder for a test; it goes with the last reference, with all that is in it.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/scaleup-tests-XXXXXX".utf8CString)
    let name = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
    }
    path = try #require(name)
  }

  deinit {
    Self.remove(path)
  }

  /// The path of something in the folder.
  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a text to a file in the folder, creating the folders on the way.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    let parts = name.split(separator: "/").map(String.init)
    for depth in 1..<max(1, parts.count) {
      try File.createDirectory(file(parts.prefix(depth).joined(separator: "/")))
    }
    try File.replace(file(name), with: text.utf8)
    return file(name)
  }

  /// The names in the folder, sorted.
  func names() throws -> [String] { try File.names(in: path) }

  private static func remove(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    if status.st_mode & mode_t(S_IFMT) == mode_t(S_IFDIR) {
      for name in (try? File.names(in: path)) ?? [] { remove("\(path)/\(name)") }
      rmdir(path)
    } else {
      unlink(path)
    }
  }
}

extension FileTree {
  /// A tree recorded as texts by path.
  static func recorded(_ files: [String: String], in folder: TemporaryFolder) throws -> FileTree {
    try writeTree(files, to: folder.path)
    return FileTree(root: folder.path)
  }
}

extension Descriptor {
  /// Everything up to the end of the stream.
  func readAll() throws -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = try buffer.withUnsafeMutableBytes { try read(into: $0) }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }

  func readText() throws -> String {
    String(decoding: try readAll(), as: UTF8.self)
  }
}
