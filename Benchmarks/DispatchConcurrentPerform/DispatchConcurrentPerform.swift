import Dispatch
import ModelKit

/// One iteration of `DispatchQueue.concurrentPerform` per worker.
///
/// The calling thread is one of the workers. Dispatch wakes threads of its pool for the others, at most one per CPU in
/// total: with more workers, the last begin when the first end. The call returns when every iteration has returned.
enum DispatchConcurrentPerform {
  static let program = ModelProgram(
    model: "dispatch", summary: "one iteration of DispatchQueue.concurrentPerform per worker",
    usesThreadPool: true, serve: serve)

  static func run(_ job: Job) -> TrialRecord {
    let region = Region(job)
    DispatchQueue.concurrentPerform(iterations: job.workers) { worker in
      region.work(as: worker)
    }
    return region.finish()
  }
}
