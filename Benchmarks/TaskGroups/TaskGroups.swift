import ModelKit

/// One child task of a structured task group per worker.
///
/// Child tasks run on the threads of Swift's cooperative pool, at most one per CPU. With more workers, the last begin when
/// the first end, because these workers never suspend. The group is a discarding one: the child tasks write their results
/// to the region's table and return nothing. Leaving the group waits for all of them.
enum TaskGroups {
  static let program = ModelProgram(
    model: "taskgroup", summary: "one child task of a structured task group per worker",
    usesThreadPool: true, serve: serve)

  static func run(_ job: Job) async -> TrialRecord {
    let region = Region(job)
    await withDiscardingTaskGroup { group in
      for worker in 0..<job.workers {
        group.addTask(priority: Processor.fastPriority) { region.work(as: worker) }
      }
    }
    return region.finish()
  }
}
