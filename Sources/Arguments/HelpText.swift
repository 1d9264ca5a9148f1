extension Command {
  /// The command's help: usage, purpose, operands and options.
  public var help: String {
    let usage = ([name] + operands.map(\.usage) + ["[options]"]).joined(separator: " ")
    let words = operands.map { (term: $0.placeholder, help: $0.help) }
    let options = options.map { option in
      (
        term: ["--\(option.name)", option.placeholder].compactMap(\.self).joined(separator: " "),
        help: option.help
      )
    }
    return "usage: \(usage)\n\n\(summary)\n\n" + helpList(words + options)
  }
}

/// Terms and their explanations in two columns, a line each.
public func helpList(_ entries: [(term: String, help: String)]) -> String {
  let width = entries.map(\.term.count).max() ?? 0
  return entries.map { entry in
    "  \(entry.term)\(String(repeating: " ", count: width - entry.term.count))  \(entry.help)\n"
  }.joined()
}

extension Command.Operand {
  /// How the usage line writes it.
  fileprivate var usage: String {
    isRepeated ? "\(placeholder) [\(placeholder) …]" : isOptional ? "[\(placeholder)]" : placeholder
  }
}
