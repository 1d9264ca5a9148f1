import Foundation
import Testing

/// A file system of a few pages in memory, for as long as the value lives.
final class SmallDisk: Sendable {
  private let folder: Folder

  var path: String { folder.path }
  var names: [String] { folder.names }

  /// Whether this process may mount one: it must be root, and not in a container that forbids it.
  static var isPossible: Bool { (try? SmallDisk(kilobytes: 4)) != nil }

  init(kilobytes: Int) throws {
    folder = try Folder()
    let outcome = try Program(path: "/bin/mount").run(
      ["-t", "tmpfs", "-o", "size=\(kilobytes)k", "scaleup-test", folder.path])
    try #require(outcome.status == 0)
  }

  deinit {
    _ = try? Program(path: "/bin/umount").run([folder.path])
  }

  /// Takes what space is left.
  func fill() throws {
    try folder.write("", to: "rest")
    let file = try #require(FileHandle(forWritingAtPath: "\(path)/rest"))
    while (try? file.write(contentsOf: Data(repeating: 1, count: 1024))) != nil {}
    try file.close()
  }
}
