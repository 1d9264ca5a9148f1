/// Returns the median absolute deviation from the median (MAD), a measure of spread that is robust against
/// outliers. It is not scaled; for normal data, 1.4826 times the MAD estimates the standard deviation.
///
/// Source: Hampel, "The Influence Curve and Its Role in Robust Estimation", JASA 69 (1974).
///
/// - Returns: `nil` if the median is undefined or infinite.
public func medianAbsoluteDeviation(_ sample: [Double]) -> Double? {
  guard let middle = median(sample), middle.isFinite else { return nil }
  return median(sample.map { ($0 - middle).magnitude })
}

/// Returns the distance of each value from the median in robust standard deviations: 0.6745 · (x − median) /
/// MAD.
///
/// Source: Iglewicz and Hoaglin, "How to Detect and Handle Outliers", ASQC (1993).
///
/// - Returns: One score per value, in their order; `nil` if the MAD is undefined, or if it is 0: when more
///   than half of the values are equal, there is no scale for the distance of the others.
public func modifiedZScores(_ sample: [Double]) -> [Double]? {
  guard let middle = median(sample), let deviation = medianAbsoluteDeviation(sample), deviation > 0 else {
    return nil
  }
  return sample.map { 0.6745 * ($0 - middle) / deviation }
}

/// Returns the positions of the values whose modified Z-score is over 3.5 or under −3.5, the limit that
/// Iglewicz and Hoaglin recommend. Outliers are reported, not removed.
///
/// - Returns: The positions in ascending order; `nil` if the scores are undefined.
public func outliers(_ sample: [Double]) -> [Int]? {
  modifiedZScores(sample).map { scores in scores.indices.filter { scores[$0].magnitude > 3.5 } }
}
