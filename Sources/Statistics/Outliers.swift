/// The median of the absolute deviations from the median (MAD): a measure of scatter that outliers hardly move.
/// It is not scaled; of normal data, 1.4826 times as much estimates the standard deviation.
///
/// Source: Hampel, "The Influence Curve and Its Role in Robust Estimation", JASA 69 (1974).
///
/// - Returns: `nil` where the median is, or where that is infinite.
public func medianAbsoluteDeviation(_ sample: [Double]) -> Double? {
  guard let middle = median(sample), middle.isFinite else { return nil }
  return median(sample.map { ($0 - middle).magnitude })
}

/// How far each value lies from the median, in robust standard deviations: 0.6745 · (x − median) / MAD.
///
/// Source: Iglewicz and Hoaglin, "How to Detect and Handle Outliers", ASQC (1993).
///
/// - Returns: A score a value, in their order; `nil` where the MAD is not defined, and where it is 0: when more than
///   half of the values are equal the others have no scale on which they could be called far away.
public func modifiedZScores(_ sample: [Double]) -> [Double]? {
  guard let middle = median(sample), let deviation = medianAbsoluteDeviation(sample), deviation > 0 else {
    return nil
  }
  return sample.map { 0.6745 * ($0 - middle) / deviation }
}

/// The positions of the values whose modified Z-score is over 3.5 or under −3.5, the limit that Iglewicz and Hoaglin
/// recommend. They are to be told, not to be dropped.
///
/// - Returns: In ascending order; `nil` where the scores are not defined.
public func outliers(_ sample: [Double]) -> [Int]? {
  modifiedZScores(sample).map { scores in scores.indices.filter { scores[$0].magnitude > 3.5 } }
}
