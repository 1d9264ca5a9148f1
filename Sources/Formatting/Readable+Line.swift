extension Readable {
  /// A text from outside on one line: control characters become visible marks, and what is over the limit is
  /// cut off.
  public static func line(_ text: String, limit: Int = 300) -> String {
    let scalars = text.unicodeScalars.prefix(limit).map { scalar -> Unicode.Scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: "\u{FFFD}"
      default: scalar
      }
    }
    let isCut = text.unicodeScalars.count > limit
    return String(String.UnicodeScalarView(scalars)) + (isCut ? "…" : "")
  }
}
