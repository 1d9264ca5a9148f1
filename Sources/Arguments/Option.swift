/// An option that takes a value: `--name VALUE` or `--name=VALUE`.
public struct Option<Value: Sendable>: Sendable {
  /// Its name, without the dashes.
  public let name: String
  /// The word that stands for the value in the help, such as `N`.
  public let placeholder: String
  /// One line of help.
  public let help: String
  /// How its value is read.
  public let reader: Reader<Value>
  /// Whether it may be given several times; the values are then read as one, with commas between.
  public let isRepeatable: Bool

  /// Describes an option.
  public init(
    _ name: String, _ placeholder: String, _ reader: Reader<Value>, isRepeatable: Bool = false, help: String
  ) {
    self.name = name
    self.placeholder = placeholder
    self.reader = reader
    self.isRepeatable = isRepeatable
    self.help = help
  }

  /// The option without the type of its value, for a command's list.
  public var syntax: OptionSyntax {
    OptionSyntax(
      name: name, placeholder: placeholder, help: help, isRepeatable: isRepeatable,
      problem: { [reader] word in
        guard case .failure(let problem) = reader.read(word) else { return nil }
        return problem
      })
  }
}

/// An option that takes no value: `--name`.
public struct Flag: Sendable {
  /// Its name, without the dashes.
  public let name: String
  /// One line of help.
  public let help: String

  /// Describes a flag.
  public init(_ name: String, help: String) {
    self.name = name
    self.help = help
  }

  /// The flag for a command's list.
  public var syntax: OptionSyntax {
    OptionSyntax(name: name, placeholder: nil, help: help, isRepeatable: false, problem: { _ in nil })
  }

  /// Shows the help of a command.
  public static let help = Flag("help", help: "show this help")
  /// Shows the version.
  public static let version = Flag("version", help: "show the version")
}

/// What a command needs to know of an option: how it is written, and what is wrong with a value.
public struct OptionSyntax: Sendable {
  /// Its name, without the dashes.
  public let name: String
  let placeholder: String?
  let help: String
  let isRepeatable: Bool
  let problem: @Sendable (String) -> ValueProblem?
}
