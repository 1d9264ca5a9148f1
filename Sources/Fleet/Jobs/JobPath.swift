import HTTP

/// The work of a job: the target of the request that an instance gets.
struct JobPath: Equatable {
  /// The target, such as `/api/1000`.
  let text: String

  /// The most bytes of a target.
  static let mostBytes = 1024

  /// The reason that a text is not the work of a job, with the remedy.
  struct Problem: Error, Equatable, CustomStringConvertible {
    let description: String
  }

  /// Checks a text; white space around it does not count.
  init(_ text: String) throws(Problem) {
    let trimmed = String(text.trimmingWhitespace)
    guard trimmed.hasPrefix("/"), trimmed.utf8.count <= Self.mostBytes else {
      throw Problem(
        description: "invalid job (expected a path of at most \(Self.mostBytes) bytes, such as /api/1000000)")
    }
    var request: [UInt8] = []
    do throws(RequestWriter.Problem) {
      try RequestWriter(host: "localhost").append("GET", trimmed, into: &request)
    } catch {
      throw Problem(description: "\(error)")
    }
    self.text = trimmed
  }

  /// Returns the right answer to a path: the sum 0…n for `/api/n`; `nil` if any answer may be right.
  static func expectedAnswer(to path: String) -> String? {
    let prefix = "/api/"
    guard path.hasPrefix(prefix) else { return nil }
    let number = path.dropFirst(prefix.count).prefix { $0 != "?" }
    let parts = number.split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
    guard var value = UInt64(parts[0]) else { return nil }
    if parts.count == 2 {
      guard let exponent = Int(parts[1]), (0..<20).contains(exponent) else { return nil }
      for _ in 0..<exponent {
        let (product, overflow) = value.multipliedReportingOverflow(by: 10)
        if overflow { return nil }
        value = product
      }
    }
    return "\(UInt128(value) * (UInt128(value) + 1) / 2)"
  }
}

extension String {
  /// The text without the spaces, tabs and line ends around it.
  var trimmingWhitespace: Substring {
    let isWhitespace: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0.isNewline }
    var rest = drop(while: isWhitespace)
    while let last = rest.last, isWhitespace(last) { rest.removeLast() }
    return rest
  }
}
