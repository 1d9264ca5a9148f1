import ModelKit

/// One POSIX thread per worker, created for the region and joined at its end.
///
/// The calling thread only waits. With more workers than CPUs, the operating system shares the cores among them. If a
/// thread cannot be created, the process ends with an error, and the other threads with it.
enum Threads {
  static let program = ModelProgram(
    model: "threads", summary: "one POSIX thread per worker", placesWorkers: true, serve: serve)

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
