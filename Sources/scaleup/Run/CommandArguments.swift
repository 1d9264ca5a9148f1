import Arguments
import Formatting
import Harness
import Platform
import Records

/// The arguments about commands of the user: `scaleup run --command`.
struct CommandArguments {
  /// The numbers of executions at once; `nil` is one execution per trial.
  let parallel: WorkerCounts?
  private let commands: [String]
  private let prepares: [String]
  private let settings: UserCommand.Settings

  /// The options that have no effect on models.
  private static let ownOptions = [
    "environment", "parallel", "shell", "directory", "input", "setup", "prepare", "cleanup", "expect-status",
    "same-output",
  ]

  /// The options that a run of commands takes when it is continued.
  static let besideResume = Set(["command"] + ownOptions).subtracting(["parallel"])

  /// The options that have no effect on commands.
  private static let foreignOptions = [
    "model", "workload", "kernel", "operation", "size", "upto", "seconds", "schedule", "grain", "placement",
    "path", "rate",
    "connections", "generator", "repetitions", "peers", "program", "launcher", "threads-per-rank",
    "baseline-suite", "retries",
  ]

  init(_ line: inout ArgumentLine) {
    func text(
      _ name: String, _ placeholder: String, _ kind: String, _ example: String, isRepeatable: Bool = false,
      help: String
    )
      -> Option<String>
    {
      Option(name, placeholder, .text(kind, example: example), isRepeatable: isRepeatable, help: help)
    }
    commands = line.values(
      of: text(
        "command", "COMMAND", "a command line", "\"xz -T{workers} -k -c big\"", isRepeatable: true,
        help:
          "measure your own program; {workers} is replaced by the worker count; NAME=COMMAND gives it a name (repeatable)"
      ))
    var settings = UserCommand.Settings()
    settings.environment = line.values(of: Self.environment)
    parallel = line.value(
      of: Option(
        "parallel", "LIST", WorkerCounts.reader,
        help:
          "executions at once in place of workers: 1,2,4 or 1-8, or all; {copy} is replaced by the number of each, from 1"
      ))
    settings.usesShell = line.has(Flag("shell", help: "let /bin/sh execute the commands (default: no shell)"))
    settings.directory = line.value(
      of: text(
        "directory", "DIR", "a directory", "../project",
        help: "working directory of the commands (default: this one)"))
    settings.input = line.value(
      of: text(
        "input", "FILE", "the path of a file", "words.txt",
        help: "standard input of the commands (default: none)"))
    settings.setup = line.value(
      of: text(
        "setup", "COMMAND", "a command line", "\"make tool\"",
        help: "execute COMMAND before the first trial; with {workers}, once per worker count"))
    prepares = line.values(
      of: text(
        "prepare", "COMMAND", "a command line", "\"make clean\"", isRepeatable: true,
        help: "execute COMMAND before every trial; given several times, one for each command"))
    settings.cleanup = line.value(
      of: text(
        "cleanup", "COMMAND", "a command line", "\"rm -f out\"",
        help: "execute COMMAND after the last trial; with {workers}, once per worker count"))
    let statuses = line.value(of: Self.expectedStatuses)
    settings.expectedStatuses = Set((statuses ?? [0]).map { Int32($0) })
    settings.comparesOutput = line.has(
      Flag("same-output", help: "fail trials whose standard output differs from the first"))
    self.settings = settings
  }

  /// Whether a command is given.
  var areGiven: Bool { !commands.isEmpty }

  /// Checks that all options that are given make sense together.
  ///
  /// - Throws: `UsageError`.
  func check(given: Set<String>) throws(UsageError) {
    if areGiven {
      if let option = Self.foreignOptions.first(where: given.contains) {
        throw .other("--\(option) has no effect with --command (leave out one of them)")
      }
      if parallel != nil, given.contains("workers") {
        throw .other(
          "--parallel contradicts --workers: a trial has as many executions at once (leave out --workers)")
      }
    } else if let option = Self.ownOptions.first(where: given.contains) {
      throw .other("--\(option) has no effect without --command (add it, or leave --\(option) out)")
    }
  }

  private static let environment = Option<String>(
    "environment", "NAME=VALUE",
    Reader(
      expected: "the name of a variable, an equals sign and its value", example: "OMP_NUM_THREADS={workers}",
      parse: { $0.first.map { $0 != "=" } == true && $0.contains("=") ? $0 : nil }),
    isRepeatable: true,
    help: "environment variable of the commands, such as OMP_NUM_THREADS={workers} (repeatable)")

  private static let expectedStatuses = Option<[Int]>(
    "expect-status", "STATUS,…", Reader.count(in: 0...255, example: "1").list(),
    help: "exit statuses of a successful trial (default: 0)")
}

extension CommandArguments {
  /// Returns the commands.
  ///
  /// - Parameter isParallel: Whether a run to continue has several executions at once.
  /// - Throws: `UsageError` if a command cannot be executed, if its name is taken, or if it has no workers.
  func userCommands(isParallel: Bool) throws(UsageError) -> [UserCommand] {
    var settings = settings
    settings.isParallel = isParallel || parallel != nil
    try checkFiles()
    if prepares.count > 1, prepares.count != commands.count {
      throw .other(
        "--prepare is given \(prepares.count) times for \(Readable.count(commands.count, "command")) (give it once, or once "
          + "for each)")
    }
    var names: Set<String> = []
    var all: [UserCommand] = []
    for (position, text) in commands.enumerated() {
      let (name, line) = Self.named(text)
      let command: UserCommand
      do throws(ShellWordsError) {
        command = try UserCommand(
          name: name, line: line, prepare: prepares.count > 1 ? prepares[position] : prepares.first, settings,
          searchPath: ThisProcess.environment("PATH") ?? "")
      } catch {
        throw .other("cannot read a command line: \(error) (see --shell in scaleup run --help)")
      }
      try check(command)
      if !names.insert(name).inserted {
        throw .other(
          "two commands have the name '\(name)' (name them: --command \"NAME=\(Readable.line(line, limit: 40))\")"
        )
      }
      all.append(command)
    }
    return all
  }

  private func check(_ command: UserCommand) throws(UsageError) {
    let line = Readable.line(command.line, limit: 80)
    if command.line.allSatisfy(\.isWhitespace) {
      throw .other("--command \(command.name) is empty (give a command line)")
    }
    let longest = CommandWork.longestLine
    if command.work.line.utf8.count > longest {
      throw .other("--command \(command.name) is longer than \(longest) bytes (put it into a script)")
    }
    if settings.setup == nil, prepares.isEmpty, let absence = command.absence {
      throw .other("--command: \(absence)")
    }
    if command.settings.isParallel {
      if command.hasWorkers {
        throw .other(
          "--parallel contradicts {workers} in '\(line)': a trial has one or the other (leave one out)")
      }
    } else if !command.hasWorkers {
      throw .other(
        "'\(line)' has no {workers}, so every trial would be the same (write {workers} in it or in --environment; for a "
          + "program with one thread, add --parallel all)")
    }
  }

  private func checkFiles() throws(UsageError) {
    if let directory = settings.directory, !File.isDirectory(directory) {
      throw .other("--directory \(directory) is not a directory (give the path of one)")
    }
    if let input = settings.input, !File.isRegular(input) {
      throw .other("--input \(input) is not a regular file (give the path of one)")
    }
  }

  /// Separates the name before a command line from it. Without one, the name is that of the program.
  private static func named(_ text: String) -> (name: String, line: String) {
    if let sign = text.firstIndex(of: "="), PeerCatalog.isName(String(text[..<sign])) {
      return (String(text[..<sign]), String(text[sign...].dropFirst()))
    }
    let word = (try? shellWords(text))?.first ?? String(text.prefix { !$0.isWhitespace })
    let characters = (word.split(separator: "/").last ?? "").lowercased().map { character in
      PeerCatalog.isName(String(character)) ? character : "-"
    }
    let name = String(String(characters).drop { $0 == "-" }.prefix(32))
    return (name.isEmpty ? "command" : name, text)
  }
}
