import Arguments
import Harness
import Platform
import Records

/// The executables of another build of the suite, which are tried in the same rounds: `scaleup run --baseline-suite DIR`.
struct BaselineSuite {
  /// The models of both suites that can be compared, as this suite has them.
  let models: [InstalledModel]
  /// The models that only one of the suites has with its workloads, by name.
  let unmatched: [String]
  /// The version of the other suite.
  let version: String
  let trialRunner: ExecutableTrialRunner

  /// Finds the models in a directory.
  ///
  /// - Throws: `CommandFailure` if none of them is in `catalog` too, `UsageError`, `Interruption`.
  init(
    _ directory: String, beside catalog: ModelCatalog, _ runner: ChildRunner, _ recorder: ActivityRecorder,
    _ generator: LoadGenerator, _ arguments: RunArguments
  ) throws {
    let suite: ModelCatalog
    do {
      suite = try ModelCatalog.find(in: directory, runner).launching(arguments.programs)
    } catch let error as SystemError {
      throw CommandFailure(
        message: "\(error) (--baseline-suite expects a directory with the executables of another build)",
        status: UsageError.exitStatus)
    }
    let others = Dictionary(
      suite.models.map { ($0.description.model, $0.description) }, uniquingKeysWith: { first, _ in first })
    models = catalog.models.compactMap { model in
      guard let other = others[model.description.model], other.allWorkloads == model.description.allWorkloads
      else {
        return nil
      }
      return other.placement == model.description.placement ? model : model.withoutPlacement
    }
    let common = Set(models.map(\.description.model))
    unmatched = Set(catalog.models.map(\.description.model)).union(others.keys).subtracting(common).sorted()
    guard let first = models.first, let version = others[first.description.model]?.version else {
      throw CommandFailure(
        message:
          "no model in \(directory) has the workloads of the model of that name in this suite (--baseline-suite "
          + "expects a directory with the executables of another build)", status: UsageError.exitStatus)
    }
    self.version = version
    trialRunner = ExecutableTrialRunner(
      suite, runner, recorder: recorder, retries: arguments.retries, generator: generator)
  }
}
