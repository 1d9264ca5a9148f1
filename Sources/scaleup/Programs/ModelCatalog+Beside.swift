import Harness
import Platform

extension ModelCatalog {
  /// Finds the models whose executables are in the directory of this program.
  ///
  /// - Throws: `CommandFailure` if there are none; `Interruption`, `SystemError`.
  static func findBesideThisProgram(_ runner: ChildRunner) throws -> ModelCatalog {
    guard let folder = File.executableDirectory() else {
      throw CommandFailure(
        message: "cannot locate this executable (is /proc mounted?)", status: 1)
    }
    let catalog = try ModelCatalog.find(in: folder, runner)
    if catalog.models.isEmpty {
      let found = catalog.problems.map { " (\($0))" }.joined()
      throw CommandFailure(
        message: "no model executable works in the directory of this program\(found): expected "
          + "\(ModelCatalog.standard.map { "scaleup-\($0)" }.joined(separator: ", ")) (build them with: "
          + "swift build -c release)", status: 1)
    }
    return catalog
  }

  /// Returns the remedy for a missing executable.
  func buildHint(_ model: String) -> String {
    "build it with: swift build -c release --product scaleup-\(model)"
  }
}
