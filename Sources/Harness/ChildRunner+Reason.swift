import Records

extension ChildRunner.Failure {
  /// What the executable did, or what happened to it; reads on after its name.
  var reason: String {
    switch self {
    case .system(let error):
      "could not be run: \(error)"
    case .timeout(let limit):
      "had not ended after \(Readable.duration(nanoseconds: Double(limit))) and was killed"
    case .tooMuchOutput(let limit):
      "printed more than \(limit) bytes and was killed"
    case .interrupted(let interruption):
      "was killed because the run was interrupted by signal \(interruption.signal)"
    }
  }
}
