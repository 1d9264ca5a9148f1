import CKernels
import Dispatch
import ModelKit

/// The same loop twice: as anybody writes it, and with a barrier that the optimiser cannot see through.
///
/// Without the barrier an optimising compiler finds out what the loop computes, and computes n(n+1)/2 instead.
enum Vanished: Experiment {
  static let workload = Workload(
    name: "vanished", summary: "add 0…N in a loop that the optimiser may replace, and in one that it may not",
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
