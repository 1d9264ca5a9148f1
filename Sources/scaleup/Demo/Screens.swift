/// The division of a text into what a terminal shows at once.
enum Screens {
  /// The lines of a screen that belong to the prompt: the empty line before it, and its own.
  private static let promptLines = 2

  /// Splits a text between its paragraphs, or within one that is longer than a screen.
  ///
  /// - Parameters:
  ///   - text: Lines that each end in a line feed.
  ///   - rows: The height of the terminal.
  /// - Returns: At least one screen.
  static func split(_ text: String, rows: Int) -> [String] {
    let most = max(1, rows - promptLines)
    var rest = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()[...]
    var screens: [String] = []
    while rest.count > most {
      let window = rest.prefix(most + 1)
      let end = window.lastIndex { $0.isEmpty } ?? window.endIndex - 1
      let cut = end > window.startIndex ? end : window.endIndex - 1
      screens.append(joined(rest[..<cut]))
      rest = rest[cut...].drop { $0.isEmpty }
    }
    if !rest.isEmpty || screens.isEmpty { screens.append(joined(rest)) }
    return screens
  }

  private static func joined(_ lines: ArraySlice<Substring>) -> String {
    lines.map { $0 + "\n" }.joined()
  }
}
