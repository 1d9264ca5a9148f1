import Analysis
import Records

/// A calibration that failed because a trial of it did.
public struct CalibrationFailure: Error, Equatable, Sendable {
  /// The quantity that could not be measured, as a noun phrase.
  public var subject = "the speed of one worker"
  /// The reason, as one line.
  public let reason: String
}

/// Measures what a workload costs one worker, so that an amount of work can be chosen that takes a given time.
public struct Calibration<Runner: TrialRunner> {
  private let runner: Runner
  private let limit: UInt64
  private let timeout: UInt64
  private let mostForeignLoad: Double

  /// Makes a calibration that tries configurations with a runner.
  ///
  /// - Parameters:
  ///   - limit: The largest N to try, such as the N of the run.
  ///   - timeout: The time limit of a trial in nanoseconds.
  ///   - mostForeignLoad: The most foreign load with which the time of a region is the program's own, in cores.
  public init(
    _ runner: Runner, limit: UInt64? = nil, timeout: UInt64 = 60_000_000_000,
    mostForeignLoad: Double = ProcessRecord.mostForeignLoad
  ) {
    self.mostForeignLoad = mostForeignLoad
    self.runner = runner
    self.limit = max(1, limit ?? 1_000_000_000_000_000)
    self.timeout = timeout
  }

  /// Measures the cost of a workload.
  ///
  /// N grows tenfold until a trial takes 50 ms and three times as long as the one before, or half a second, so that the
  /// cost of starting no longer matters. The last two trials show how the cost grows, if the first of them took 1 ms or
  /// more.
  ///
  /// - Parameter configuration: The configuration to try, of any N.
  /// - Throws: `Interruption`; `CalibrationFailure`.
  public func cost(of configuration: Configuration) throws -> Cost {
    var configuration = configuration
    var last: (upTo: UInt64, time: Double)?
    // A pass of arrays is the least that shows their speed.
    var upTo = min(configuration.elements.map { $0 - 1 } ?? 10_000, limit)
    while true {
      configuration.upTo = upTo
      switch try runner.run(configuration, timeout: timeout) {
      case .failed(let reason, _):
        throw CalibrationFailure(reason: reason)
      case .measured(let process, let report):
        let time = undisturbedTime(of: report, process)
        let hasGrown = last.map { time >= 3 * $0.time } ?? false
        if time >= 50e6 && hasGrown || time >= 500e6 || upTo >= limit {
          var cost = Cost(upTo: upTo, time: time)
          if let last, last.time >= 1e6 { cost = Cost(last, (upTo, time)) }
          if configuration.elements != nil { cost.preparation = Double(process.wall) - Double(report.region) }
          return cost
        }
        last = (upTo, time)
        upTo = limit / 10 < upTo + 1 ? limit : configuration.elements == nil ? upTo * 10 : (upTo + 1) * 10 - 1
      }
    }
  }
}

extension Calibration {
  /// Returns the requests per second that a server answers in a closed loop: each of its connections gets the next request
  /// as soon as the last one was answered.
  ///
  /// - Parameter configuration: The configuration to try, at any rate.
  /// - Throws: `Interruption`; `CalibrationFailure`.
  func capacity(of configuration: Configuration) throws -> Double {
    var configuration = configuration
    configuration.duration = 300_000_000
    configuration.traffic?.rate = nil
    switch try runner.run(configuration, timeout: timeout) {
    case .measured(_, let report): return report.traffic?.achievedRate ?? 0
    case .failed(let reason, _): throw CalibrationFailure(subject: "the rate of serve", reason: reason)
    }
  }

  /// Returns the wall time of a trial of a command, in nanoseconds.
  ///
  /// - Throws: `Interruption`; `CalibrationFailure`.
  func time(of configuration: Configuration) throws -> Double {
    switch try runner.run(configuration, timeout: timeout) {
    case .measured(let process, _): return Double(process.wall)
    case .failed(let reason, _):
      throw CalibrationFailure(subject: "the time of \(configuration.model)", reason: reason)
    }
  }

  /// Returns the time of a region in nanoseconds, as far as it is the program's own: beside other programs, a worker gets a
  /// part of a core, but hardly less than half.
  private func undisturbedTime(of report: TrialRecord, _ process: ProcessRecord) -> Double {
    let region = Double(max(1, report.region))
    guard process.isDisturbed(beyond: mostForeignLoad) else { return region }
    return min(region, max(Double(process.userTime) + Double(process.systemTime), region / 2))
  }
}

/// Returns the number nearest to a value, by ratio, that is one of the steps times a power of ten; at least 1.
///
/// - Parameter steps: Numbers from 10 to 99 (default: those of 1, 2 and 5).
func roundNumber(near value: Double, steps: [UInt64] = [10, 20, 50]) -> UInt64 {
  let powers = (0..<18).map { exponent in (0..<exponent).reduce(UInt64(1)) { power, _ in power * 10 } }
  let small = steps.filter { $0.isMultiple(of: 10) }.map { $0 / 10 }
  let candidates = small + powers.flatMap { power in steps.map { $0 * power } }
  func distance(_ number: UInt64) -> Double { max(Double(number) / value, value / Double(number)) }
  return candidates.min { distance($0) < distance($1) } ?? 1
}

/// Returns a value above 0 rounded down to two significant digits.
func roundedDown(_ value: Double) -> Double {
  // Powers of ten from 10^-9 on; those below 1 divide, because they have no exact value.
  let digits = (-9...18).last { scaled(value, by: -$0) >= 10 } ?? -9
  return scaled(scaled(value, by: -digits).rounded(.down), by: digits)
}

/// Returns a value times a power of ten.
private func scaled(_ value: Double, by exponent: Int) -> Double {
  let power = (0..<exponent.magnitude).reduce(1.0) { power, _ in power * 10 }
  return exponent < 0 ? value / power : value * power
}

/// Returns a value rounded up to three significant digits; at least 1.
func roundedUp(_ value: Double) -> UInt64 {
  var unit = 1.0
  while value / unit > 1000 { unit *= 10 }
  return UInt64(min(max(1, (value / unit).rounded(.up) * unit), 1e18))
}
