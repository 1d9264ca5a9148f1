import ModelKit

/// Child tasks that wait, as for a disk or a network: each number is one wait of 0.1 s.
///
/// A task that blocks keeps its thread of Swift's cooperative pool, which has one thread per CPU. A task that suspends
/// releases its thread, so any number of them can wait at the same time.
enum Waiting: Experiment {
  /// The length of a wait in nanoseconds.
  static let wait: UInt64 = 100_000_000

  static let workload = Workload(
    name: "waiting", summary: "wait N + 1 times for 0.1 s, in child tasks that block or suspend",
    work: .numbers([.variant("blocking"), .variant("suspending")]))

  static func run(_ job: Job) async throws -> TrialRecord {
    let isBlocking = job.kernel?.name == "blocking"
    let region = Region(job)
    await withDiscardingTaskGroup { group in
      for worker in 0..<job.workers {
        let waits = job.range(of: worker) ?? 0..<0
        group.addTask(priority: Processor.fastPriority) {
          if isBlocking {
            region.work(as: worker) { block(waits) }
          } else {
            await suspend(waits, as: worker, in: region)
          }
        }
      }
    }
    return region.finish()
  }

  private static func block(_ waits: Range<UInt64>) -> UInt128 {
    for _ in waits { Clock.sleep(until: Clock.monotonic.now() + wait) }
    return UInt128(waits.count)
  }

  /// Waits by suspending. CPU time is measured between suspensions, because a task may resume on another thread.
  private static func suspend(_ waits: Range<UInt64>, as worker: Int, in region: Region) async {
    let begin = Clock.monotonic.now()
    var cpuTime: UInt64 = 0
    for _ in waits {
      let resumed = Clock.threadCPU.now()
      let end = Clock.monotonic.now() + wait
      cpuTime += Clock.threadCPU.now() - resumed
      while true {
        let now = Clock.monotonic.now()
        if now >= end { break }
        try? await Task.sleep(nanoseconds: end - now)
      }
    }
    region.report(UInt128(waits.count), as: worker, from: begin, cpuTime: cpuTime)
  }
}
