import ModelKit
import Testing
import Workloads

/// Two models as the executables declare them, and bodies to run in their place.
enum Models {
  static let many = ModelProgram(
    model: "test", summary: "one worker after the other", workloads: [sum, .stress])
  static let one = ModelProgram(
    model: "lone", summary: "one thread, no other", maximumWorkers: 1, workloads: [sum, .stress])
  /// The workload `sum` with the kernels of every processor, so that help is the same on all.
  static let sum = Workload(
    name: Workload.sum.name, summary: Workload.sum.summary,
    work: .numbers(Workload.sum.kernels.filter { ["scalar", "simd", "portable"].contains($0.name) }))

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

/// The job that a command line of the model `test` asks for.
func job(_ words: [String]) throws -> Job {
  var job: Job?
  let output = Models.many.run(["x"] + words) { asked in
    job = asked
    throw Models.NoResult()
  }
  return try #require(job, "\(output.error)")
}

/// Expects that a command line is refused in one line, before the model is run.
func expectRefusal(
  _ words: [String], naming problem: String, _ program: ModelProgram = Models.many,
  at place: SourceLocation = #_sourceLocation
) {
  let output = program.run(["x"] + words, Models.mustNotRun)
  #expect(output.status == 64 && output.output == "", sourceLocation: place)
  #expect(output.error.contains(problem), sourceLocation: place)
  #expect(output.error.split(separator: "\n").count == 1, sourceLocation: place)
}
