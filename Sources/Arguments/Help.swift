import Formatting

extension Command {
  /// The command's help: usage, purpose, operands, options by group, examples.
  public var help: String {
    let usage = ([name] + syntax.operands.map(\.usage) + ["[options]"]).joined(separator: " ")
    var groups: [(heading: String, entries: [HelpEntry])] = []
    if !syntax.operands.isEmpty {
      groups.append(("Arguments", syntax.operands.map { HelpEntry($0.placeholder, $0.help) }))
    }
    groups += syntax.groups.map { ($0.heading, $0.options.map { HelpEntry($0.term, $0.help) }) }
    let isPlain = groups.count == 1 && groups[0].heading == "Options" && examples.isEmpty
    let sections =
      isPlain
      ? [helpList(groups[0].entries)] : helpGroups(groups) + (examples.isEmpty ? [] : [exampleSection])
    let purpose = Readable.wrapped(summary, width: helpWidth).map { $0 + "\n" }.joined()
    return "Usage: \(usage)\n\n\(purpose)\n" + sections.joined(separator: "\n")
  }

  private var exampleSection: String {
    "Examples\n" + examples.map { "  \($0)\n" }.joined()
  }
}

/// A term of a help text and its explanation.
public struct HelpEntry: Sendable {
  let term: String
  let explanation: String

  /// Makes an entry.
  public init(_ term: String, _ explanation: String) {
    self.term = term
    self.explanation = explanation
  }
}

/// The width in characters that help texts keep within.
private let helpWidth = 80
/// The greatest width of a term that shares a line with its explanation.
private let widestTerm = 22

/// Returns terms and their explanations in two columns, wrapped at 80 characters.
public func helpList(_ entries: [HelpEntry]) -> String {
  helpList(entries, column: column(for: entries))
}

/// Returns groups of entries, each under its heading, with their explanations in one common column.
private func helpGroups(_ groups: [(heading: String, entries: [HelpEntry])]) -> [String] {
  let column = column(for: groups.flatMap(\.entries))
  return groups.map { "\($0.heading)\n" + helpList($0.entries, column: column) }
}

private func column(for entries: [HelpEntry]) -> Int {
  4 + (entries.map(\.term.count).filter { $0 <= widestTerm }.max() ?? 0)
}

private func helpList(_ entries: [HelpEntry], column: Int) -> String {
  entries.map { entry in
    let lines = Readable.wrapped(entry.explanation, width: helpWidth - column)
    let head = "  \(entry.term)"
    let indent = String(repeating: " ", count: column)
    if lines.isEmpty { return head + "\n" }
    guard head.count + 2 <= column else {
      return ([head] + lines.map { indent + $0 }).map { $0 + "\n" }.joined()
    }
    let first = head + String(repeating: " ", count: column - head.count) + lines[0]
    return ([first] + lines.dropFirst().map { indent + $0 }).map { $0 + "\n" }.joined()
  }.joined()
}

extension Syntax.Operand {
  /// The operand as the usage line writes it.
  fileprivate var usage: String {
    switch count {
    case .one: placeholder
    case .optional: "[\(placeholder)]"
    case .oneOrMore: "\(placeholder)…"
    }
  }
}
