/// Returns the typical time of an operation repeated in one process: the median of all times but the first,
/// which includes one-time costs.
///
/// - Returns: The first time if there is no other; `nil` if there are none.
public func steadyState(_ times: [UInt64]) -> Double? {
  median((times.count > 1 ? times.dropFirst() : times[...]).map { Double($0) })
}

/// Returns the typical time of a trial's region.
///
/// - Parameters:
///   - regions: The times of all regions, if there were several.
///   - last: The time of the last or only region.
public func steadyTime(regions: [UInt64]?, last: UInt64) -> Double {
  steadyState(regions ?? []) ?? Double(last)
}
