import ModelKit
import Synchronization

/// The sum 0…N in one total that all threads load and store without protection: updates are lost.
///
/// The load and the store are relaxed atomic operations, one after the other. So the program is defined, unlike one with a
/// plain variable, and the compiler may not leave out an addition. The hardware does the same for both: a worker stores a
/// sum that lacks what others have added since its load. The experiment `sharing` has the totals that are right.
enum Race: Experiment {
  static let workload = Workload(
    name: "race", summary: "add 0…N to one total without protection, which loses updates",
    work: .numbers([.variant("racing")]))

  private final class Total: Sendable {
    let value = Atomic<UInt64>(0)

    @inline(__always)
    func add(_ number: UInt64) {
      let before = value.load(ordering: .relaxed)
      value.store(before &+ number, ordering: .relaxed)
    }
  }

  static func run(_ job: Job) throws -> TrialRecord {
    try job.requireSumOf64Bits()
    let total = Total()
    let region = Region(job)
    let threads = try (0..<job.workers).map { worker in
      try Thread {
        region.work(as: worker) {
          for number in job.range(of: worker) ?? 0..<0 { total.add(number) }
          return 0
        }
      }
    }
    threads.forEach { $0.join() }
    var record = region.finish()
    record.result = ExactInteger(UInt128(total.value.load(ordering: .relaxed)))
    return record
  }
}
