/// The reason that a mix of paths is invalid.
public enum PathMixError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The list, or an entry of it, is empty.
  case noPath
  /// A path does not start with a slash.
  case noSlash(String)
  /// A path contains a character that must be encoded.
  case invalidCharacter(String)
  /// A path is too long.
  case tooLong(String)
  /// A weight is no whole number in the range.
  case invalidWeight(String, path: String)
  /// A number after `=` can be a weight, or a part of the query.
  case ambiguousWeight(String)
  /// The number of `/api/n` has more than 64 bits.
  case numberTooLarge(String)
  /// A path is in the list twice.
  case repeatedPath(String)
  /// The list is too long.
  case tooManyPaths(Int)

  /// The problem and its remedy.
  public var description: String {
    switch self {
    case .noPath: "missing path (expected a list such as /api/1e6=3,/healthcheck)"
    case .noSlash(let path): "invalid path: \(quoted(path)) (expected a path that starts with /)"
    case .invalidCharacter(let path):
      "invalid character in path: \(quoted(path)) (encode it, such as %20 for a space)"
    case .tooLong(let path): "path too long: \(quoted(path)) (expected at most \(PathMix.mostLength) bytes)"
    case .invalidWeight(let weight, let path):
      "invalid weight of path \(quoted(path)): \(quoted(weight)) (expected 1 to \(PathMix.mostWeight))"
    case .ambiguousWeight(let entry):
      "ambiguous weight: \(quoted(entry)) (for a query that ends in =1, append a weight: \(quoted(entry + "=1")))"
    case .numberTooLarge(let path): "number too large: \(quoted(path)) (expected at most \(UInt64.max))"
    case .repeatedPath(let path): "repeated path: \(quoted(path)) (give it once, with a weight)"
    case .tooManyPaths(let count): "too many paths: \(count) (expected at most \(PathMix.mostPaths))"
    }
  }

  /// Returns the start of a text in quotes, with everything but visible ASCII escaped.
  private func quoted(_ text: String) -> String {
    let start = text.unicodeScalars.prefix(60)
    let isWhole = start.endIndex == text.unicodeScalars.endIndex
    return "'\(start.map { $0.escaped(asASCII: true) }.joined())\(isWhole ? "" : "…")'"
  }
}
