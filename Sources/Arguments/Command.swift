/// A command whose words are parsed into a value of type `Arguments`, once and in one place.
///
/// The closure that makes the arguments asks an `ArgumentLine` for everything that the command takes. Asking declares:
/// the help and the parser know exactly what the closure asks for, in that order.
public struct Command<Arguments>: Sendable {
  /// The meaning of a command line.
  public enum Parsed {
    /// The command's help, as text.
    case help(String)
    /// The checked arguments.
    case arguments(Arguments)
  }

  /// The words that call the command, such as `scaleup run`.
  public let name: String
  /// One sentence that says what the command does.
  public let summary: String
  /// Command lines that show typical uses.
  let examples: [String]
  /// Everything the command takes.
  let syntax: Syntax

  private let read: @Sendable (inout ArgumentLine) throws(UsageError) -> Arguments

  /// Declares a command.
  ///
  /// - Parameters:
  ///   - examples: Command lines that show typical uses, for the end of the help.
  ///   - read: Makes the arguments from a line. It is also called once with an empty line, to learn the syntax, and
  ///     must ask for all options and operands before it throws.
  public init(
    _ name: String, summary: String, examples: [String] = [],
    read: @escaping @Sendable (inout ArgumentLine) throws(UsageError) -> Arguments
  ) {
    self.name = name
    self.summary = summary
    self.examples = examples
    self.read = read
    var blank = ArgumentLine(Matches())
    _ = try? read(&blank)
    _ = blank.has(.help)
    syntax = blank.syntax
  }

  /// Parses the words that follow the command's name.
  ///
  /// - Throws: `UsageError`. If `--help` is among the words, nothing else is looked at and nothing is thrown.
  public func parse(_ words: [String]) throws(UsageError) -> Parsed {
    if words.prefix(while: { $0 != "--" }).contains("--help") { return .help(help) }
    var line = ArgumentLine(try syntax.matches(words))
    return .arguments(try read(&line))
  }
}

/// A command line, which hands out its options and operands as a command asks for them.
public struct ArgumentLine {
  private let matches: Matches
  /// Everything that has been asked for.
  private(set) var syntax = Syntax()
  private var operandsTaken = 0

  init(_ matches: Matches) {
    self.matches = matches
  }

  /// The names of the options and flags that were given.
  public var given: Set<String> { matches.flags.union(matches.values.keys) }

  /// Begins a group of options under a heading in the help.
  public mutating func group(_ heading: String) {
    syntax.groups.append(.init(heading: heading))
  }

  /// Returns whether a flag was given.
  public mutating func has(_ flag: Flag) -> Bool {
    syntax.add(flag.syntax)
    return matches.flags.contains(flag.name)
  }

  /// Returns the value of an option, or `nil` if it was not given. The values of a repeatable option are read as one list.
  public mutating func value<Value>(of option: Option<Value>) -> Value? {
    syntax.add(option.syntax)
    return matches.values[option.name].flatMap { try? option.reader.read($0.joined(separator: ",")).get() }
  }

  /// Returns each value of a repeatable option, in the order in which they were given.
  public mutating func values<Value>(of option: Option<Value>) -> [Value] {
    syntax.add(option.syntax)
    return (matches.values[option.name] ?? []).compactMap { try? option.reader.read($0).get() }
  }

  /// Returns the next operand.
  ///
  /// - Parameters:
  ///   - placeholder: The word that stands for it in the help, such as `FILE`.
  ///   - help: One line of help.
  public mutating func operand(_ placeholder: String, help: String) -> String {
    syntax.operands.append(.init(placeholder: placeholder, help: help, count: .one))
    return nextOperands(1).first ?? ""
  }

  /// Returns the next operand, or `nil` if it was left out. It must be the last that is asked for.
  public mutating func optionalOperand(_ placeholder: String, help: String) -> String? {
    syntax.operands.append(.init(placeholder: placeholder, help: help, count: .optional))
    return nextOperands(1).first
  }

  /// Returns all remaining operands, of which there is at least one. It must be the last that is asked for.
  public mutating func operands(_ placeholder: String, help: String) -> [String] {
    syntax.operands.append(.init(placeholder: placeholder, help: help, count: .oneOrMore))
    return nextOperands(.max)
  }

  private mutating func nextOperands(_ most: Int) -> [String] {
    let next = Array(matches.operands.dropFirst(operandsTaken).prefix(most))
    operandsTaken += next.count
    return next
  }
}
