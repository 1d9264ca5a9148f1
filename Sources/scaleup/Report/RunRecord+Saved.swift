import Arguments
import Harness
import Records

extension RunRecord {
  /// Reads the run in a results file.
  ///
  /// - Throws: `CommandFailure`.
  init(savedAt path: String) throws(CommandFailure) {
    do throws(RunFileError) {
      self = try RunFile.read(path)
    } catch {
      throw CommandFailure(error)
    }
  }
}

extension RunFile.Entry {
  /// Reads the run in a results file, with its JSON.
  ///
  /// - Throws: `CommandFailure`.
  init(savedAt path: String) throws(CommandFailure) {
    do throws(RunFileError) {
      self = try RunFile.entry(path)
    } catch {
      throw CommandFailure(error)
    }
  }
}

extension CommandFailure {
  /// Makes the failure for an unusable results file.
  init(_ error: RunFileError) {
    self.init(message: "\(error); see scaleup list for saved runs", status: UsageError.exitStatus)
  }
}
