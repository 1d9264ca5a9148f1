import Platform
import Records

extension ChildRunner.Failure {
  /// What the executable did, or what happened to it; reads on after its name.
  var reason: String {
    switch self {
    case .system(let error):
      // Without what it was done to: a saved run tells no path of this machine.
      "could not be run: \(SystemError(operation: error.operation, code: error.code))"
    case .timeout(let limit, _):
      "had not ended after \(Readable.duration(nanoseconds: Double(limit))) and was killed"
    case .tooMuchOutput(let limit):
      "printed more than \(limit) bytes and was killed"
    case .interrupted(let interruption):
      "was killed because the run was interrupted by signal \(interruption.signal)"
    }
  }
}
