/// The typical time of something that is repeated in one process: the median of all times but the first, which also
/// pays for what is used for the first time.
///
/// - Returns: The first where there is no other; `nil` for an empty list.
public func steadyState(_ times: [UInt64]) -> Double? {
  median((times.count > 1 ? times.dropFirst() : times[...]).map { Double($0) })
}

/// The typical time of a trial's region.
///
/// - Parameters:
///   - regions: The times of all regions, where there were several.
///   - last: The time of the last, or the only one.
public func steadyTime(regions: [UInt64]?, last: UInt64) -> Double {
  steadyState(regions ?? []) ?? Double(last)
}
