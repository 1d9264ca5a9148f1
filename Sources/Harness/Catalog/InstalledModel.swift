import Platform
import Records

/// An executable that trials can run: a model of the suite, or a peer.
public struct InstalledModel: Equatable, Sendable {
  /// The path of the executable.
  public let path: String
  /// The arguments that precede those of a trial, such as the script of an interpreter.
  public let leadingArguments: [String]
  /// The workloads, worker counts and schedules that it supports.
  public private(set) var description: ModelDescription
  /// The command that starts its processes; `nil` for a model that starts its workers itself.
  public var launcher: Launcher?
  /// The directories to search for the launcher, separated by colons as in `PATH`.
  var searchPath = ""
  /// Whether it is a program from outside the suite. Its result may be inexact, and the rest of its output is not
  /// trusted either.
  public let isPeer: Bool
  /// The command of the user that it stands for; `nil` for a program that reports its own trials.
  public let command: UserCommand?
  /// The environment variables that it does not inherit.
  let withheldVariables: VariableNames
  /// The identities of its files when it was found, by path.
  private let files: [String: FileIdentity]

  /// Makes a model from an executable and its description.
  ///
  /// - Parameter inheritsVariables: Whether it inherits the environment variables that set the width of runtimes.
  public init(
    path: String, leadingArguments: [String] = [], description: ModelDescription, isPeer: Bool = false,
    inheritsVariables: Bool = false
  ) {
    self.path = path
    self.leadingArguments = leadingArguments
    self.description = description
    self.isPeer = isPeer
    command = nil
    withheldVariables = inheritsVariables ? .none : .runtimes
    files = Self.files(path, leadingArguments)
  }

  /// Makes the model of a command.
  init(of command: UserCommand, description: ModelDescription) {
    (self.command, self.description) = (command, description)
    (path, leadingArguments, isPeer, files) = ("", [], false, [:])
    withheldVariables = .none
  }

  /// The model as one that cannot be placed.
  public var withoutPlacement: InstalledModel {
    var model = self
    model.description.placement = nil
    return model
  }

  /// Returns the identities of an executable, and of the files and directories among its leading arguments.
  private static func files(_ path: String, _ leadingArguments: [String]) -> [String: FileIdentity] {
    let paths =
      [path]
      + leadingArguments.flatMap { word in
        ((try? File.names(in: word)) ?? []).map { "\(word)/\($0)" } + [word]
      }
    return Dictionary(paths.map { ($0, FileIdentity(of: $0)) }) { first, _ in first }.compactMapValues(\.self)
  }

  /// Whether one of its files was replaced or written since it was found. A file that is gone was not: starting it fails.
  var isReplaced: Bool {
    files.contains { path, identity in FileIdentity(of: path).map { $0 != identity } ?? false }
  }

  /// The name in messages: that of the executable for a model of the suite, that of the model for a peer or a command.
  public var name: String { isPeer || command != nil ? description.model : "scaleup-\(description.model)" }

  /// Returns the path to execute for a configuration, and the arguments that precede those of the trial.
  func command(for configuration: Configuration) -> (path: String, arguments: [String]) {
    guard let launcher else { return (path, leadingArguments) }
    let words = launcher.words(
      workers: configuration.workers, threads: configuration.threadsPerRank ?? 1)
    let found = File.executable(words[0], searchPath: searchPath)
    return (found ?? words[0], words.dropFirst() + [path] + leadingArguments)
  }

  /// Returns its description of a workload; `nil` if it does not have the workload.
  func workload(_ name: String) -> ModelDescription.Workload? {
    description.allWorkloads.first { $0.name == name }
  }
}

extension ModelDescription {
  /// The reason an executable has no description, as a clause.
  struct Failure: Error { let reason: String }

  /// Runs an executable with `--describe` and returns its description of itself.
  ///
  /// - Throws: `Interruption`.
  static func ofExecutable(
    _ path: String, _ runner: ChildRunner
  ) throws(Interruption) -> Result<ModelDescription, Failure> {
    let execution: ChildRunner.Execution
    do throws(ChildRunner.Failure) {
      execution = try runner.run(path, ["--describe"], timeout: 10_000_000_000, outputLimit: 1 << 16)
    } catch .interrupted(let interruption) {
      throw interruption
    } catch {
      return .failure(Failure(reason: "--describe \(error.reason)"))
    }
    guard execution.ended.status == .exited(0) else {
      return .failure(
        Failure(reason: "--describe \(execution.ended.reason())\(execution.lastWords)"))
    }
    do {
      return .success(try JSON.decode(ModelDescription.self, from: execution.output))
    } catch {
      return .failure(Failure(reason: "the output of --describe \(error)"))
    }
  }
}
