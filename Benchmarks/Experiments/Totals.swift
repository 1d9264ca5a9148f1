import CKernels
import Dispatch
import ModelKit

/// The sum 0…N in a total that may be too narrow for it. The results are meant to be wrong for large N.
enum Totals: Experiment {
  static let workload = Workload(
    name: "totals", summary: "add 0…N in 64 bits, in a double, or in 64 bits until they overflow",
    work: .numbers([
      Kernel(name: "int64", compute: sumWrapping),
      Kernel(name: "double", compute: sumOfDoubles),
      Kernel(name: "trapping", compute: countBeforeOverflow),
    ]))

  static func run(_ job: Job) throws -> TrialRecord {
    if job.kernel?.name == "trapping", job.workers > 1 {
      throw ExperimentError("the variant trapping needs a single total (use --workers 1)")
    }
    let region = Region(job)
    DispatchQueue.concurrentPerform(iterations: job.workers) { region.work(as: $0) }
    var record = region.finish()
    if job.kernel?.name == "int64" {
      record.result = ExactInteger(UInt128(UInt64(truncatingIfNeeded: record.result.value)))
    }
    return record
  }

  /// Returns the sum modulo 2^64, as C, Java and Go compute it.
  static func sumWrapping(_ range: Range<UInt64>) -> UInt128 {
    var total: Int64 = 0
    for number in range { total &+= Int64(truncatingIfNeeded: scaleup_opaque_u64(number)) }
    return UInt128(UInt64(bitPattern: total))
  }

  /// Returns the sum in a double, as JavaScript computes it: exact up to 2^53, and rounded beyond.
  static func sumOfDoubles(_ range: Range<UInt64>) -> UInt128 {
    var total = 0.0
    for number in range { total = scaleup_opaque_f64(total + Double(number)) }
    return UInt128(total)
  }

  /// Returns how many numbers were added before the total overflowed a signed 64-bit number, which traps in Swift's `+`; the
  /// count of all numbers if it never did.
  static func countBeforeOverflow(_ range: Range<UInt64>) -> UInt128 {
    var total: Int64 = 0
    for number in range {
      let (sum, overflow) = total.addingReportingOverflow(
        Int64(truncatingIfNeeded: scaleup_opaque_u64(number)))
      if overflow { return UInt128(number - range.lowerBound) }
      total = sum
    }
    return UInt128(range.upperBound - range.lowerBound)
  }
}
