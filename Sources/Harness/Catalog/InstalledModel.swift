import Platform
import Records

/// Something that trials can be run with: a model of the suite, or another program that is timed beside them.
public struct InstalledModel: Equatable, Sendable {
  /// The path of the executable.
  public let path: String
  /// What comes before the arguments of a trial; for an interpreter, its program.
  public let leadingArguments: [String]
  /// What it can do.
  public let description: ModelDescription
  /// What starts its processes; `nil` for a model that starts its workers itself.
  public var launcher: Launcher?
  /// The folders in which the launcher is looked for, as `PATH` has them.
  var searchPath = ""
  /// Whether it is a program from outside the suite: then its answer may be inexact, and nothing else that it
  /// prints is trusted either.
  public let isPeer: Bool

  /// Describes an installed model.
  public init(
    path: String, leadingArguments: [String] = [], description: ModelDescription, isPeer: Bool = false
  ) {
    self.path = path
    self.leadingArguments = leadingArguments
    self.description = description
    self.isPeer = isPeer
  }

  /// What people know it by.
  public var name: String { isPeer ? description.model : "scaleup-\(description.model)" }

  /// What is executed for a configuration, and the words behind it.
  func command(for configuration: Configuration) -> (path: String, arguments: [String]) {
    guard let launcher else { return (path, leadingArguments) }
    let words = launcher.words(
      workers: configuration.workers, threads: configuration.threadsPerRank ?? 1)
    let found = File.executable(words[0], searchPath: searchPath)
    return (found ?? words[0], words.dropFirst() + [path] + leadingArguments)
  }

  /// What it says of a workload; `nil` where it does not have it.
  func workload(_ name: String) -> ModelDescription.Workload? {
    description.workloads.first { $0.name == name }
  }
}

extension ModelDescription {
  /// Why an executable has no description; reads on after its name.
  struct Problem: Error { let reason: String }

  /// What an executable says of itself when it is asked.
  ///
  /// - Throws: `Interruption`.
  static func ofExecutable(
    _ path: String, _ runner: ChildRunner
  ) throws(Interruption) -> Result<ModelDescription, Problem> {
    let execution: ChildRunner.Execution
    do throws(ChildRunner.Failure) {
      execution = try runner.run(path, ["--describe"], timeout: 10_000_000_000, outputLimit: 1 << 16)
    } catch .interrupted(let interruption) {
      throw interruption
    } catch {
      return .failure(Problem(reason: "does not describe itself: it \(error.reason)"))
    }
    guard execution.ended.status == .exited(0) else {
      return .failure(Problem(reason: "\(execution.ended.status) when asked to describe itself"))
    }
    do {
      return .success(try JSON.decode(ModelDescription.self, from: execution.output))
    } catch {
      return .failure(Problem(reason: "does not describe itself: its description \(error)"))
    }
  }
}
