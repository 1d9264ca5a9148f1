/// The name of a job: the end of its address `/jobs/ID`. It is a number, or two with a hyphen between them, as Redis names the
/// entries of a stream.
public struct JobID: Hashable, Sendable, CustomStringConvertible {
  /// The digits, and the hyphen if there is one.
  public let description: String

  /// The most characters: two numbers of 64 bits and a hyphen.
  private static let mostCharacters = 41

  /// Creates the name of a job with a number.
  public init(_ number: UInt64) {
    description = "\(number)"
  }

  /// Reads a name; `nil` if the text is none.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard text.utf8.count <= Self.mostCharacters, (1...2).contains(parts.count),
      parts.allSatisfy({ Self.isNumber(String($0)) })
    else { return nil }
    description = String(text)
  }

  /// The number; `nil` if the name has two.
  var number: UInt64? { UInt64(description) }

  /// Returns whether a text is a number as it is printed.
  private static func isNumber(_ text: String) -> Bool {
    UInt64(text).map { "\($0)" == text } ?? false
  }
}
