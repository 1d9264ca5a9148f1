import ModelKit

/// One POSIX thread a worker, created for the region and joined at its end.
///
/// This is what every language has, and what the other models are built on. The calling thread only waits. With
/// more workers than CPUs the operating system shares the cores among them. Where a thread cannot be created there
/// is no result, and the process ends with those that were.
enum Threads {
  static let program = ModelProgram(model: "threads", summary: "one POSIX thread a worker")

  static func run(_ job: Job) throws -> TrialRecord {
    let region = Region(job)
    var threads: [Thread] = []
    for worker in 0..<job.workers {
      threads.append(try Thread { region.work(as: worker) })
    }
    threads.forEach { $0.join() }
    return region.finish()
  }
}
