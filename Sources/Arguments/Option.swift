/// An option that takes a value: `--name VALUE` or `--name=VALUE`.
public struct Option<Value: Sendable>: Sendable {
  /// The name, without dashes.
  let name: String
  /// The word that stands for the value in the help, such as `N`.
  let placeholder: String
  /// A short phrase that says what the option does, with its default in parentheses.
  let help: String
  /// The reader of the value.
  let reader: Reader<Value>
  /// Whether the option may be given several times.
  let isRepeatable: Bool

  /// Declares an option.
  public init(
    _ name: String, _ placeholder: String, _ reader: Reader<Value>, isRepeatable: Bool = false, help: String
  ) {
    self.name = name
    self.placeholder = placeholder
    self.reader = reader
    self.isRepeatable = isRepeatable
    self.help = help
  }

  var syntax: OptionSyntax {
    let value = OptionSyntax.Value(
      placeholder: placeholder, expected: reader.expected, example: reader.example,
      problem: { [reader] word in
        guard case .failure(let problem) = reader.read(word) else { return nil }
        return problem
      })
    return OptionSyntax(name: name, value: value, help: help, isRepeatable: isRepeatable)
  }
}

/// An option that takes no value: `--name`.
public struct Flag: Sendable {
  /// The name, without dashes.
  let name: String
  /// A short phrase that says what the flag does.
  let help: String

  /// Declares a flag.
  public init(_ name: String, help: String) {
    self.name = name
    self.help = help
  }

  var syntax: OptionSyntax { OptionSyntax(name: name, value: nil, help: help, isRepeatable: false) }

  /// The flag that asks for the help of a command.
  public static let help = Flag("help", help: "show this help")
  /// The flag that asks for the version.
  public static let version = Flag("version", help: "show the version")
}

/// The untyped part of an option or a flag, for the parser and the help.
struct OptionSyntax: Sendable {
  /// The value that an option takes.
  struct Value: Sendable {
    let placeholder: String
    let expected: String
    let example: String
    let problem: @Sendable (String) -> ValueProblem?
  }

  let name: String
  /// `nil` for a flag.
  let value: Value?
  let help: String
  let isRepeatable: Bool

  /// The option as the help writes it.
  var term: String { "--\(name)" + (value.map { " \($0.placeholder)" } ?? "") }
}
