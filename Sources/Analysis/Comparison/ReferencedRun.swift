import Records

/// A run with the median times of `single`, which are computed once: most configurations are compared with them.
struct ReferencedRun {
  /// The run.
  let measured: MeasuredRun
  private let singleTimes: [Configuration: Double]

  init(_ measured: MeasuredRun) {
    self.measured = measured
    singleTimes = measured.singleTimes
  }

  /// Returns the speedup of a configuration over `single`, from the median times of the same work; `nil` if one did none.
  func speedup(of configuration: MeasuredConfiguration) -> Double? {
    guard let single = measured.single(for: configuration.configuration)?.configuration,
      let singleTime = singleTimes[single], let time = configuration.median(of: \.workTime)
    else { return nil }
    return singleTime / time
  }
}
