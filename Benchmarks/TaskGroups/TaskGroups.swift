import ModelKit

/// One child task a worker of a structured task group.
///
/// Child tasks run on the threads of Swift's cooperative pool, at most one a CPU. With more workers than that,
/// the last begin when the first are done, for these workers never suspend. The group is a discarding one: the
/// children report in the region's table and have nothing to return. Leaving the group waits for all of
/// them. Where the pool gets no threads Swift's runtime waits for ever, so it is tried before.
enum TaskGroups {
  static let program = ModelProgram(
    model: "taskgroup", summary: "one child task of a structured task group a worker")

  static func run(_ job: Job) async -> TrialRecord {
    let region = Region(job)
    await withDiscardingTaskGroup { group in
      for worker in 0..<job.workers {
        group.addTask { region.work(as: worker) }
      }
    }
    return region.finish()
  }
}
