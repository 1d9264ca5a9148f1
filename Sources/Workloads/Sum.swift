import CKernels

extension Workload {
  /// Forms and adds every integer of a range once.
  public static let sum = Workload(
    name: "sum",
    summary: "add every integer 0…N, one by one, exactly",
    work: .numbers([.scalar(sumOfIntegers)] + Kernel.vectorSums))
}

/// Returns the exact sum of the integers of a range, each formed and added by the processor.
///
/// The numbers are added in 64 bits, one per cycle, and the total is drained into 128 bits before it can
/// overflow: `length` numbers of at most `largest` sum to at most `length * largest`, which is below 2^64.
@inline(never)
func sumOfIntegers(_ range: Range<UInt64>) -> UInt128 {
  if range.isEmpty { return 0 }
  let largest = range.upperBound - 1
  let count = range.upperBound - range.lowerBound
  // The division would be half the cost of a short range.
  let length = count.multipliedReportingOverflow(by: largest).overflow ? UInt64.max / largest : count
  var total: UInt128 = 0
  var lower = range.lowerBound
  while lower < range.upperBound {
    let upper = lower + min(length, range.upperBound - lower)
    var accumulator: UInt64 = 0
    var number = lower
    while number < upper {
      number = scaleup_opaque_u64(number)
      accumulator &+= number
      number &+= 1
    }
    total += UInt128(accumulator)
    lower = upper
  }
  return total
}
