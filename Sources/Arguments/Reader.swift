/// Reads a value from a word, or says what it expected.
public struct Reader<Value: Sendable>: Sendable {
  /// The expected kind of word, as a noun phrase: "a whole number from 1 to 4096".
  public let expected: String
  /// An acceptable word.
  public let example: String

  private let parse: @Sendable (String) -> Value?
  private let nearest: @Sendable (String) -> String?

  /// Makes a reader.
  ///
  /// - Parameters:
  ///   - expected: The expected kind of word, as a noun phrase.
  ///   - example: An acceptable word.
  ///   - nearest: Returns the acceptable word that a wrong one was probably meant to be.
  ///   - parse: Returns the value, or `nil` if the word is not acceptable.
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

  /// Returns a reader of comma-separated words; repeated values are kept once.
  public func list() -> Reader<[Value]> where Value: Hashable {
    Reader<[Value]>(
      expected: "\(expected), or several separated by commas", example: example,
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

/// The reason a word is not an acceptable value.
public struct ValueProblem: Error, Equatable, Sendable {
  /// The word.
  public let word: String
  /// The expected kind of word, as a noun phrase.
  public let expected: String
  /// An acceptable word, if possible the one that was meant.
  public let remedy: String
}
