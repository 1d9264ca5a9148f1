/// A command: what it is called, what it takes, and what it is for.
public struct Command: Sendable {
  /// A word that a command takes beside its options.
  public struct Operand: Sendable {
    /// The word that stands for it in the help, such as `FILE`.
    public let placeholder: String
    /// One line of help.
    public let help: String
    /// Whether there may be more of it; only the last can be so.
    public let isRepeated: Bool
    /// Whether it may be left out; only the last can be so.
    public let isOptional: Bool

    /// Describes an operand.
    public init(_ placeholder: String, help: String, isRepeated: Bool = false, isOptional: Bool = false) {
      self.placeholder = placeholder
      self.help = help
      self.isRepeated = isRepeated
      self.isOptional = isOptional
    }
  }

  /// The words with which it is called, such as `scaleup run`.
  public let name: String
  /// One line that says what it does.
  public let summary: String
  /// The words it takes.
  public let operands: [Operand]
  /// The options it takes, in the order of the help; `--help` comes by itself.
  public let options: [OptionSyntax]

  /// Describes a command.
  public init(_ name: String, summary: String, operands: [Operand] = [], options: [OptionSyntax] = []) {
    self.name = name
    self.summary = summary
    self.operands = operands
    self.options = options + [Flag.help.syntax]
  }

  /// Parses the words that follow the command's name.
  ///
  /// - Throws: `UsageError`. Where `--help` is among the words nothing is thrown and nothing else is looked at.
  public func parse(_ words: [String]) throws(UsageError) -> Matches {
    if words.prefix(while: { $0 != "--" }).contains("--help") { return Matches(flags: ["help"]) }
    var matches = Matches()
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        matches.operands += rest
        break
      } else if word.hasPrefix("-") && word != "-" {
        try parseOption(word, &rest, into: &matches)
      } else {
        matches.operands.append(word)
      }
    }
    try checkCount(of: matches.operands)
    return matches
  }

  private func parseOption(
    _ word: String, _ rest: inout ArraySlice<String>, into matches: inout Matches
  ) throws(UsageError) {
    let halves = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let name = String(halves[0].drop { $0 == "-" })
    guard halves[0] == "--\(name)", let option = options.first(where: { $0.name == name }) else {
      throw .unknownOption(halves[0], nearest: nearestWord(to: name, among: options.map(\.name)))
    }
    let earlier = matches.values[name]
    guard earlier == nil || option.isRepeatable, !matches.flags.contains(name) else {
      throw .repeatedOption(name)
    }
    guard let placeholder = option.placeholder else {
      if halves.count == 2 { throw .unexpectedValue(flag: name) }
      matches.flags.insert(name)
      return
    }
    let value: String
    if halves.count == 2 {
      value = halves[1]
    } else if let next = rest.first, !next.hasPrefix("--") {
      value = next
      rest.removeFirst()
    } else {
      throw .missingValue(option: name, placeholder: placeholder)
    }
    if let problem = option.problem(value) { throw .invalidValue(option: name, problem) }
    matches.values[name] = [earlier, value].compactMap(\.self).joined(separator: ",")
  }

  private func checkCount(of words: [String]) throws(UsageError) {
    if words.count > operands.count, operands.last?.isRepeated != true {
      throw .unexpectedWord(words[operands.count])
    }
    if words.count < operands.count, !operands[words.count].isOptional {
      let missing = operands[words.count]
      throw .missingWord(expected: missing.help, example: missing.placeholder)
    }
  }
}

/// What a command was given, checked.
public struct Matches: Equatable, Sendable {
  /// The words that are no options.
  public internal(set) var operands: [String] = []
  var flags: Set<String> = []
  var values: [String: String] = [:]

  /// Whether a flag was given.
  public func has(_ flag: Flag) -> Bool {
    flags.contains(flag.name)
  }

  /// Whether an option or a flag was given.
  public func has(_ option: OptionSyntax) -> Bool {
    flags.contains(option.name) || values[option.name] != nil
  }

  /// The value of an option; `nil` where it was not given.
  public func value<Value>(of option: Option<Value>) -> Value? {
    values[option.name].flatMap { try? option.reader.read($0).get() }
  }
}
