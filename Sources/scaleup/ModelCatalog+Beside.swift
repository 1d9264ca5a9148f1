import Harness
import Platform

extension ModelCatalog {
  /// The models whose executables lie beside this program.
  ///
  /// - Throws: `CommandFailure` where there are none; `Interruption`, `SystemError`.
  static func findBesideThisProgram(_ runner: ChildRunner) throws -> ModelCatalog {
    guard let folder = File.executableFolder() else {
      throw CommandFailure(
        message: "the folder of this program cannot be told; is /proc mounted?", status: 1)
    }
    let catalog = try ModelCatalog.find(in: folder, runner)
    if catalog.models.isEmpty {
      let found = catalog.problems.map { " (\($0))" }.joined()
      throw CommandFailure(
        message: "no model executable works beside this program\(found); expected "
          + "\(ModelCatalog.standard.map { "scaleup-\($0)" }.joined(separator: ", ")); build them with: "
          + "swift build -c release", status: 1)
    }
    return catalog
  }

  /// How to build a model's executable.
  func buildHint(_ model: String) -> String {
    "build it with: swift build -c release --product scaleup-\(model)"
  }
}
