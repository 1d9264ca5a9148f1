import CKernels
import ModelKit

/// N + 1 small items, each a number that is computed in some steps, divided among child tasks in different ways.
enum Items: Experiment {
  /// The division into child tasks.
  private enum Division: String, CaseIterable {
    /// No task: a loop.
    case loop
    /// A child task per item.
    case item
    /// A child task per 1000 items.
    case thousand
    /// A child task per worker.
    case worker
  }

  static let workload = Workload(
    name: "items",
    summary: "compute N + 1 small items in a child task per item, per 1000 items or per worker",
    work: .numbers(Division.allCases.map { .variant($0.rawValue) }))

  /// The additions of an item.
  private static let steps: UInt64 = 100

  static func run(_ job: Job) async throws -> TrialRecord {
    guard let division = job.kernel.flatMap({ Division(rawValue: $0.name) }) else {
      throw ExperimentError("unknown division (expected loop, item, thousand, worker)")
    }
    let count = job.last + 1
    let region = Region(job)
    let total =
      switch division {
      case .loop: sum(of: 0..<count)
      case .item: await sumInTasks(of: count, each: 1)
      case .thousand: await sumInTasks(of: count, each: 1000)
      case .worker:
        await withTaskGroup(of: UInt128.self) { group in
          for worker in 0..<job.workers {
            group.addTask(priority: Processor.fastPriority) { sum(of: job.range(of: worker) ?? 0..<0) }
          }
          return await group.reduce(0, +)
        }
      }
    var record = region.finish()
    record.result = ExactInteger(total)
    record.shares = nil
    return record
  }

  private static func sumInTasks(of count: UInt64, each size: UInt64) async -> UInt128 {
    await withTaskGroup(of: UInt128.self) { group in
      for first in stride(from: 0, to: count, by: Int(size)) {
        group.addTask(priority: Processor.fastPriority) { sum(of: first..<min(count, first + size)) }
      }
      return await group.reduce(0, +)
    }
  }

  private static func sum(of items: Range<UInt64>) -> UInt128 {
    var total: UInt128 = 0
    for item in items { total += UInt128(value(of: item)) }
    return total
  }

  /// Returns the number of an item: itself, after additions that the compiler cannot leave out.
  @inline(never)
  private static func value(of item: UInt64) -> UInt64 {
    var value = item
    for _ in 0..<steps { value = scaleup_opaque_u64(value &+ 1) }
    return value &- steps
  }
}
