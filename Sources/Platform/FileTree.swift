/// A folder tree with `proc` and `sys` in it: the machine's own, or one recorded on another machine.
public struct FileTree: Sendable {
  /// The tree of this machine.
  public static let machine = FileTree(root: "/")

  /// The folder in which `proc` and `sys` lie.
  public let root: String

  /// A tree below a folder.
  public init(root: String) {
    self.root = root.hasSuffix("/") ? root : root + "/"
  }

  /// The text of a file; `nil` where it is missing or cannot be read.
  public func text(_ path: String) -> String? {
    try? File.read(root + path, limit: 1 << 22)
  }

  /// The first line of a file, without the white space around it; `nil` where there is none.
  public func line(_ path: String) -> String? {
    let line = text(path)?.split(separator: "\n").first.map { String($0.trimmingSpaces()) }
    return line == "" ? nil : line
  }

  /// The whole number in a file; `nil` where there is none.
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
