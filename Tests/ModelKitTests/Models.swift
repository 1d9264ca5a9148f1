import ModelKit
import Testing

/// Two models as the executables declare them, and bodies to run in their place.
enum Models {
  static let many = ModelProgram(
    model: "test", summary: "one worker after the other", workloads: [.sum, .stress])
  static let one = ModelProgram(
    model: "lone", summary: "one thread, no other", maximumWorkers: 1, workloads: [.sum, .stress])

  /// Lets the workers do their parts one after the other.
  static func run(_ job: Job) -> TrialRecord {
    let region = Region(job)
    for worker in 0..<job.workers { region.work(as: worker) }
    return region.finish()
  }

  /// Fails the test that lets a model run although it must not.
  static func mustNotRun(_ job: Job) throws -> TrialRecord {
    Issue.record("the model was run, with \(job)")
    throw NoResult()
  }

  struct NoResult: Error, CustomStringConvertible {
    let description = "there is no result"
  }
}
