import Dispatch
import ModelKit

/// One iteration a worker of `DispatchQueue.concurrentPerform`.
///
/// The calling thread is one of the workers; Dispatch wakes threads of its pool for the others, at most one a
/// CPU in all. With more workers than that, the last begin when the first are done. The call returns when every
/// iteration has.
enum DispatchConcurrentPerform {
  static let program = ModelProgram(
    model: "dispatch", summary: "one iteration of DispatchQueue.concurrentPerform a worker")

  static func run(_ job: Job) -> TrialRecord {
    let region = Region(job)
    DispatchQueue.concurrentPerform(iterations: job.workers) { worker in
      region.work(as: worker)
    }
    return region.finish()
  }
}
