extension PathMix {
  /// Creates the mix of a text such as `/api/1e6=3,/healthcheck`: paths, separated by commas, each with `=` and a weight or
  /// with the weight 1.
  ///
  /// The weight is what follows the last `=` of an entry. A query that contains `=` needs a weight after it (`/a?b=1=1`),
  /// because `/a?b=1` is ambiguous. A comma in a path is written `%2C`.
  ///
  /// - Throws: `PathMixError` if the text is no such list.
  public init(_ text: String, seed: UInt64 = 0) throws(PathMixError) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    if parts.count > Self.mostPaths { throw .tooManyPaths(parts.count) }
    var paths: [(path: String, weight: UInt64)] = []
    for part in parts { paths.append(try Self.pathAndWeight(part)) }
    try self.init(paths, seed: seed)
  }

  private static func pathAndWeight(_ entry: Substring) throws(PathMixError) -> (String, UInt64) {
    if entry.isEmpty { throw .noPath }
    guard let sign = entry.lastIndex(of: "=") else { return (String(entry), 1) }
    let (path, text) = (entry[..<sign], entry[entry.index(after: sign)...])
    if let query = path.firstIndex(of: "?"), !path[query...].contains("=") {
      throw .ambiguousWeight(String(entry))
    }
    guard !text.isEmpty, text.utf8.allSatisfy({ 48...57 ~= $0 }), let weight = UInt64(text) else {
      throw .invalidWeight(String(text), path: String(path))
    }
    return (String(path), weight)
  }
}
