import CKernels
import Dispatch
import ModelKit

/// The same loop twice: a plain one, and one with a barrier that hides the numbers from the optimizer.
///
/// Without the barrier, an optimizing compiler replaces the loop by the formula n(n+1)/2.
enum Vanished: Experiment {
  static let workload = Workload(
    name: "vanished", summary: "add 0…N in a loop that the optimizer may replace, or in one with a barrier",
    work: .numbers([
      Kernel(name: "plain") { range in
        var total: UInt64 = 0
        for number in range { total &+= number }
        return UInt128(total)
      },
      Kernel(name: "barrier") { range in
        var total: UInt64 = 0
        for number in range { total &+= scaleup_opaque_u64(number) }
        return UInt128(total)
      },
    ]))

  static func run(_ job: Job) throws -> TrialRecord {
    try job.requireSumOf64Bits()
    let region = Region(job)
    DispatchQueue.concurrentPerform(iterations: job.workers) { region.work(as: $0) }
    return region.finish()
  }
}
