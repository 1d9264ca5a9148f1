extension Readable {
  /// Returns an untrusted text on one line. Control characters, and private-use characters, which stand for
  /// bytes that are not UTF-8, are replaced by visible marks; text over the limit is truncated.
  public static func line(_ text: String, limit: Int = 300) -> String {
    let scalars = text.unicodeScalars.prefix(limit).map { scalar -> Unicode.Scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse: "\u{FFFD}"
      default: scalar
      }
    }
    let isCut = text.unicodeScalars.count > limit
    return String(String.UnicodeScalarView(scalars)) + (isCut ? "…" : "")
  }

  /// Returns a text in lines of at most `width` characters, broken between words. A longer word has a line of
  /// its own.
  public static func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(whereSeparator: \.isWhitespace).map({ line(String($0), limit: 1000) }) {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(word)
      }
    }
    return lines
  }
}
