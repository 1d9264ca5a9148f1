/// Everything that a command takes: its operands and its options, in the order of the help.
struct Syntax: Sendable {
  /// A word that a command takes beside its options.
  struct Operand: Sendable {
    enum Count { case one, optional, oneOrMore }

    let placeholder: String
    let help: String
    let count: Count
  }

  /// Options under one heading.
  struct Group: Sendable {
    let heading: String
    var options: [OptionSyntax] = []
  }

  var operands: [Operand] = []
  var groups: [Group] = []

  var options: [OptionSyntax] { groups.flatMap(\.options) }

  mutating func add(_ option: OptionSyntax) {
    if groups.isEmpty { groups.append(Group(heading: "Options")) }
    groups[groups.count - 1].options.append(option)
  }
}

/// The words of a command line, separated into operands, flags and values, and checked.
struct Matches: Equatable, Sendable {
  var operands: [String] = []
  var flags: Set<String> = []
  /// The values of each option, in the order in which they were given.
  var values: [String: [String]] = [:]
}

extension Syntax {
  /// Separates options from operands, and checks every value.
  ///
  /// - Throws: `UsageError`.
  func matches(_ words: [String]) throws(UsageError) -> Matches {
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
    guard matches.values[name] == nil || option.isRepeatable, !matches.flags.contains(name) else {
      throw .repeatedOption(name)
    }
    guard let value = option.value else {
      if halves.count == 2 { throw .unexpectedValue(flag: name) }
      matches.flags.insert(name)
      return
    }
    let text: String
    if halves.count == 2 {
      text = halves[1]
    } else if let next = rest.first, !next.hasPrefix("--") {
      text = next
      rest.removeFirst()
    } else {
      throw .missingValue(option: name, expected: value.expected, example: value.example)
    }
    if let problem = value.problem(text) { throw .invalidValue(option: name, problem) }
    matches.values[name, default: []].append(text)
  }

  private func checkCount(of words: [String]) throws(UsageError) {
    if words.count > operands.count, operands.last?.count != .oneOrMore {
      throw .unexpectedWord(words[operands.count])
    }
    if words.count < operands.count, operands[words.count].count != .optional {
      let missing = operands[words.count]
      throw .missingWord(missing.placeholder, meaning: missing.help)
    }
  }
}
