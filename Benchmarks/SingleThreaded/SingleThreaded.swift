import ModelKit

/// No concurrency: the one worker is the thread that the process started with.
///
/// This is what the other models are compared with.
enum SingleThreaded {
  static let program = ModelProgram(
    model: "single", summary: "one thread, no other", maximumWorkers: 1)

  static func run(_ job: Job) -> TrialRecord {
    let region = Region(job)
    region.work(as: 0)
    return region.finish()
  }
}
