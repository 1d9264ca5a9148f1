import Formatting
import Platform
import Records

/// A command of the user: any program, which knows nothing of the suite.
public struct UserCommand: Equatable, Sendable {
  /// The settings that all commands of a run share.
  public struct Settings: Equatable, Sendable {
    /// Whether `/bin/sh` executes the command lines.
    public var usesShell = false
    /// The environment variables that the commands get, `NAME=value` each, with placeholders.
    public var environment: [String] = []
    /// The working directory; `nil` for that of this process.
    public var directory: String?
    /// The file that is the standard input; `nil` for none.
    public var input: String?
    /// Whether a trial is as many executions at once as there are workers.
    public var isParallel = false
    /// The command line that is executed before the first trial; `nil` for none.
    public var setup: String?
    /// The command line that is executed after the last trial; `nil` for none.
    public var cleanup: String?
    /// The exit statuses of a successful trial.
    public var expectedStatuses: Set<Int32> = [0]
    /// Whether the standard output of every trial must be the same.
    public var comparesOutput = false

    /// Makes the standard settings.
    public init() {}
  }

  /// The placeholders, which are replaced by the number of workers, and by the number of one of several executions at once, from
  /// 1.
  static let (workers, copy) = ("{workers}", "{copy}")

  /// The name in reports.
  public let name: String
  /// The command line.
  public let line: String
  /// The command line that is executed before every trial; `nil` for none.
  public let prepare: String?
  /// The settings.
  public let settings: Settings
  /// The directories to search for programs, separated by colons as in `PATH`.
  private let searchPath: String

  /// Makes a command.
  ///
  /// - Parameters:
  ///   - name: The name in reports.
  ///   - line: The command line.
  ///   - prepare: The command line that is executed before every trial.
  ///   - searchPath: The directories to search for programs, separated by colons as in `PATH`.
  /// - Throws: `ShellWordsError` if a command line cannot be split into words.
  public init(
    name: String, line: String, prepare: String?, _ settings: Settings, searchPath: String
  ) throws(ShellWordsError) {
    (self.name, self.line, self.prepare) = (name, line, prepare)
    (self.settings, self.searchPath) = (settings, searchPath)
    if settings.usesShell { return }
    for line in [line, prepare, settings.setup, settings.cleanup].compactMap(\.self) {
      _ = try shellWords(line)
    }
  }

  /// Whether it knows the number of workers.
  public var hasWorkers: Bool {
    ([line] + settings.environment).contains { $0.contains(Self.workers) }
  }

  /// The reason its program cannot be executed, as a clause; `nil` if there is none, or if only an execution can tell.
  public var absence: String? {
    guard !settings.usesShell, let word = words(of: line, [:]).first, !word.contains("{") else { return nil }
    let name = Readable.line(word, limit: 80)
    if !File.isPath(word) {
      return File.executable(word, searchPath: searchPath) == nil
        ? "cannot find '\(name)' on the PATH (check the name, or give its path)" : nil
    }
    let path = word.hasPrefix("/") ? word : "\(settings.directory ?? ".")/\(word)"
    if !File.exists(path) { return "cannot find '\(name)' (check the path)" }
    return File.isExecutable(path) ? nil : "'\(name)' is not an executable file (try chmod +x)"
  }

  /// The record of what its trials do.
  public var work: CommandWork {
    CommandWork(line: withoutAbsolutePaths(line), isParallel: settings.isParallel ? true : nil)
  }

  /// Returns the model by which the command takes part in a run.
  ///
  /// - Parameter maximumWorkers: The most workers.
  public func model(maximumWorkers: Int) -> InstalledModel {
    InstalledModel(
      of: self,
      description: ModelDescription(
        model: name, summary: "a command of your own", version: "", maximumWorkers: maximumWorkers,
        workloads: [.command]))
  }
}

/// The programs that are started for a command.
extension UserCommand {
  /// A command line that is executed besides the trials.
  public struct Hook: Hashable, Sendable {
    /// The option that gives it.
    public let option: String
    /// The command line, without placeholders.
    public let line: String
    /// The number of workers that it is for.
    let workers: Int
  }

  /// Returns what is executed before the first trial with a number of workers; `nil` if nothing is.
  public func setup(workers: Int) -> Hook? { hook("setup", settings.setup, workers) }

  /// Returns what is executed before every trial with a number of workers; `nil` if nothing is.
  func prepare(workers: Int) -> Hook? { hook("prepare", prepare, workers) }

  /// Returns what is executed after the last trial with a number of workers; `nil` if nothing is.
  public func cleanup(workers: Int) -> Hook? { hook("cleanup", settings.cleanup, workers) }

  private func hook(_ option: String, _ line: String?, _ workers: Int) -> Hook? {
    line.map { Hook(option: option, line: filledIn($0, [Self.workers: workers]), workers: workers) }
  }

  /// Returns the program to start for a hook. What it leaves running is for the trials, and is not ended.
  func launch(_ hook: Hook) -> Launch {
    var launch = launch(hook.line, [Self.workers: hook.workers])
    (launch.keepsGroup, launch.input) = (true, nil)
    return launch
  }

  /// Returns the program to start for one execution of a trial.
  ///
  /// - Parameter copy: The number of the execution among those at once, from 1.
  func launch(workers: Int, copy: Int) -> Launch {
    var launch = launch(line, [Self.workers: workers, Self.copy: copy])
    if settings.comparesOutput { launch.output = .hashed }
    return launch
  }

  private func launch(_ line: String, _ values: [String: Int]) -> Launch {
    var words = settings.usesShell ? ["/bin/sh", "-c", filledIn(line, values)] : words(of: line, values)
    let program = words.isEmpty ? "" : words.removeFirst()
    var launch = Launch(
      path: File.executable(program, searchPath: searchPath) ?? program, arguments: words, output: .discarded)
    launch.environment = settings.environment.map { filledIn($0, values) }
    (launch.directory, launch.input) = (settings.directory, settings.input)
    launch.leadsSession = true
    return launch
  }

  private func words(of line: String, _ values: [String: Int]) -> [String] {
    ((try? shellWords(line)) ?? []).map { filledIn($0, values) }
  }

  private func filledIn(_ text: String, _ values: [String: Int]) -> String {
    values.reduce(text) { $0.replacing($1.key, with: "\($1.value)") }
  }
}
