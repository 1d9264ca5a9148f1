import Platform
import Records

/// Short lines for people beside the result, on standard error.
struct Notes {
  let isQuiet: Bool

  func say(_ lines: [String]) {
    if isQuiet { return }
    // A note that cannot be shown is no reason to stop measuring.
    try? StandardStream.error.write(lines.map { Readable.line($0) + "\n" }.joined())
  }
}
