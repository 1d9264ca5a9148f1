/// The results that are known without computing. They are used for one thing: to check what was computed.
public enum ClosedForm {
  /// The result that a workload must have for `upTo`; `nil` where no formula gives it.
  ///
  /// The sum of the integers 0…n is n(n+1)/2, and fits in 128 bits for every n up to 2^64 − 1.
  public static func result(of workload: String, upTo: UInt64) -> ExactInteger? {
    guard workload == "sum" else { return nil }
    let number = UInt128(upTo)
    return ExactInteger(number * (number + 1) / 2)
  }
}
