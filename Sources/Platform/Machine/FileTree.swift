import CPlatform

/// A directory tree that contains `proc` and `sys`: the machine's own, or one recorded on another machine.
public struct FileTree: Sendable {
  /// The tree of this machine.
  public static let machine = FileTree(root: "/")

  private enum Source {
    case directory(String)
    case texts([String: String], forbidden: Set<String>)
  }

  private let source: Source

  /// Creates a tree of the files below a directory, which contains `proc` and `sys`.
  public init(root: String) {
    source = .directory(root.hasSuffix("/") ? root : root + "/")
  }

  /// Creates a tree of texts by their paths, such as `proc/stat`.
  ///
  /// - Parameter forbidden: The paths of files that exist, but that the user may not read.
  public init(texts: [String: String], forbidden: Set<String> = []) {
    source = .texts(texts, forbidden: forbidden)
  }

  /// Whether this is the tree of this machine, so that what the machine reports elsewhere belongs to it too.
  var isMachine: Bool {
    guard case .directory("/") = source else { return false }
    return true
  }

  /// Returns where a file is; `nil` if it is only a text.
  func location(of path: String) -> String? {
    guard case .directory(let root) = source else { return nil }
    return root + path
  }

  /// Returns the text of a file; `nil` if the file is missing or cannot be read.
  public func text(_ path: String) -> String? {
    switch source {
    case .directory(let root): try? File.read(root + path, limit: 1 << 22)
    case .texts(let texts, let forbidden): forbidden.contains(path) ? nil : texts[path]
    }
  }

  /// Returns whether a file exists that the user may not read.
  func isForbidden(_ path: String) -> Bool {
    switch source {
    case .texts(_, let forbidden): return forbidden.contains(path)
    case .directory(let root):
      do throws(SystemError) {
        _ = try File.read(root + path, limit: 1 << 22)
        return false
      } catch {
        return [EACCES, EPERM].contains(error.code)
      }
    }
  }

  /// Returns the first line of a file without surrounding white space; `nil` if there is none.
  public func line(_ path: String) -> String? {
    let line = text(path)?.split(separator: "\n").first.map { String($0.trimmingSpaces()) }
    return line == "" ? nil : line
  }

  /// Returns the whole number in a file; `nil` if there is none.
  public func number(_ path: String) -> Int? {
    line(path).flatMap { Int($0) }
  }
}

extension StringProtocol {
  /// The text without white space at its ends.
  func trimmingSpaces() -> SubSequence {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return self[startIndex..<startIndex] }
    return self[first...last]
  }
}
