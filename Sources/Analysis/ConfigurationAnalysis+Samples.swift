extension ConfigurationAnalysis {
  /// What was measured in each trial that counts: the region's time in nanoseconds for a workload of fixed amount, where a
  /// trial has several regions the median of all but the first; the rate a second for one of fixed time.
  public var samples: [Double] { counted.compactMap(\.measure) }
}
