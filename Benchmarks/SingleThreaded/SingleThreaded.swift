import ModelKit

/// No concurrency: the only worker is the main thread. This is the baseline of the other models.
enum SingleThreaded {
  static let program = ModelProgram(
    model: "single", summary: "one thread, without concurrency (the baseline)", maximumWorkers: 1,
    serve: serve)

  static func run(_ job: Job) -> TrialRecord {
    let region = Region(job)
    region.work(as: 0)
    return region.finish()
  }
}
