#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The distribution of the CPU time that a request needs, in seconds.
public enum ServiceDemand: Equatable, Sendable {
  /// Every request needs the same time.
  case constant(Double)
  /// Exponential, with a mean.
  case exponential(mean: Double)
  /// Measured times, each equally probable; not empty.
  case measured([Double])

  /// The mean.
  public var mean: Double {
    switch self {
    case .constant(let time), .exponential(let time): time
    case .measured(let times): times.reduce(0, +) / Double(max(1, times.count))
    }
  }

  /// The squared coefficient of variation: the variance over the square of the mean.
  public var variation: Double {
    switch self {
    case .constant: return 0
    case .exponential: return 1
    case .measured(let times):
      let mean = mean
      let squares = times.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return squares / Double(max(1, times.count)) / (mean * mean)
    }
  }

  /// Returns the time that a fraction of the requests, below 1, do not exceed.
  func quantile(_ fraction: Double) -> Double {
    switch self {
    case .constant(let time): return time
    case .exponential(let mean): return -log(1 - fraction) * mean
    case .measured(let times):
      let sorted = times.sorted()
      return sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(fraction * Double(sorted.count)))]
    }
  }

  /// Returns a random demand.
  @inline(__always)
  func sample(_ random: inout RandomNumbers) -> Double {
    switch self {
    case .constant(let time): time
    case .exponential(let mean): mean * random.exponential()
    case .measured(let times): times[random.index(below: times.count)]
    }
  }
}
