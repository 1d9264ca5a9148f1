import ModelKit

/// One POSIX thread a worker, created for the region and joined at its end.
///
/// This is what every language has, and what the other models are built on. The calling thread only waits. With
/// more workers than CPUs the operating system shares the cores among them. Where a thread cannot be created,
/// those before it still do their part, and there is no result.
enum Threads {
  static let program = ModelProgram(model: "threads", summary: "one POSIX thread a worker")

  static func run(_ job: Job) throws -> TrialRecord {
    let region = Region(job)
    var threads: [Thread] = []
    defer { threads.forEach { $0.join() } }
    for worker in 0..<job.workers {
      threads.append(try Thread { region.work(as: worker) })
    }
    while let thread = threads.popLast() { thread.join() }
    return region.finish()
  }
}
