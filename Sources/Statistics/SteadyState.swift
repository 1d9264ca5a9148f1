/// The typical time of something that is repeated in one process: the median of all times but the first, which also
/// pays for what is used for the first time.
///
/// - Returns: The first where there is no other; `nil` for an empty list, and for one with a value that is not a
///   number.
public func steadyState(_ times: [Double]) -> Double? {
  times.count > 1 ? median(Array(times.dropFirst())) : median(times)
}
