import Foundation

/// Writes texts to files by their paths below a folder, creating the folders on the way.
public func writeTree(_ files: [String: String], to root: String) throws {
  var folders: Set<String> = []
  for (name, text) in files {
    let path = root + "/" + name
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? root
    if folders.insert(folder).inserted {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }
}
