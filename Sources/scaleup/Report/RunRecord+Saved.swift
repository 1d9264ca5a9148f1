import Arguments
import Harness
import Records

extension RunRecord {
  /// The run in a results file.
  ///
  /// - Throws: `CommandFailure`.
  init(savedAt path: String) throws(CommandFailure) {
    do throws(RunFile.Problem) {
      self = try RunFile.read(path)
    } catch {
      throw CommandFailure(error)
    }
  }
}

extension CommandFailure {
  /// A results file that cannot be used.
  init(_ problem: RunFile.Problem) {
    self.init(message: "\(problem); see scaleup list for those there are", status: UsageError.exitStatus)
  }
}
