/// Reads a value from a word, and tells what it expected where it cannot.
public struct Reader<Value: Sendable>: Sendable {
  /// What it expects, as a noun phrase: "a whole number from 1 to 4096".
  public let expected: String
  /// A word that it accepts.
  public let example: String

  private let parse: @Sendable (String) -> Value?
  private let nearest: @Sendable (String) -> String?

  /// Describes a reader.
  ///
  /// - Parameters:
  ///   - expected: What it expects.
  ///   - example: A word that it accepts.
  ///   - nearest: The acceptable word that a wrong one was probably meant to be.
  ///   - parse: The value, or `nil` for a word that is not acceptable.
  public init(
    expected: String, example: String, nearest: @escaping @Sendable (String) -> String? = { _ in nil },
    parse: @escaping @Sendable (String) -> Value?
  ) {
    self.expected = expected
    self.example = example
    self.nearest = nearest
    self.parse = parse
  }

  /// Reads a word.
  public func read(_ word: String) -> Result<Value, ValueProblem> {
    if let value = parse(word) { return .success(value) }
    return .failure(ValueProblem(word: word, expected: expected, remedy: nearest(word) ?? example))
  }

  /// Reads words that are separated by commas, each once.
  public func list() -> Reader<[Value]> where Value: Hashable {
    Reader<[Value]>(
      expected: "\(expected), or several of them with commas between", example: example,
      nearest: { words in
        let mended = words.split(separator: ",").map { word in
          parse(String(word)) == nil ? nearest(String(word)) : String(word)
        }
        return mended.isEmpty || mended.contains(nil) ? nil : mended.compactMap(\.self).joined(separator: ",")
      },
      parse: { words in
        var values: [Value] = []
        for word in words.split(separator: ",", omittingEmptySubsequences: false) {
          guard let value = parse(String(word)) else { return nil }
          if !values.contains(value) { values.append(value) }
        }
        return values
      })
  }
}

/// Why a word is no value for an option.
public struct ValueProblem: Error, Equatable, Sendable {
  /// The word.
  public let word: String
  /// What was expected.
  public let expected: String
  /// A word that would do.
  public let remedy: String
}
