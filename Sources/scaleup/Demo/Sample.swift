import Analysis
import Formatting
import Records
import Statistics

/// The trials of one configuration; there is at least one.
struct Sample {
  /// One trial.
  struct Trial {
    let process: ProcessRecord
    let report: TrialRecord

    /// The region's time in nanoseconds; of several regions, the median of all but the first.
    var time: Double { steadyTime(regions: report.regions, last: report.region) }

    /// CPU time of the whole process tree, in nanoseconds.
    var cpuTime: Double { Double(process.userTime) + Double(process.systemTime) }
  }

  private let trials: [Trial]
  /// The trial with the median time, the earlier of two.
  let middle: Trial

  /// Takes trials, of which there must be one.
  init(_ trials: [Trial]) {
    let sorted = trials.sorted { $0.time < $1.time }
    self.trials = sorted
    middle = sorted[(sorted.count - 1) / 2]
  }

  /// The median of the region's time, in nanoseconds.
  var time: Double { middle.time }

  /// The median of the time as people read it.
  var duration: String { Readable.duration(nanoseconds: time) }

  /// How many times as fast as another this is.
  func speedup(over other: Sample) -> Double { other.time / time }

  /// Whether every trial took less time than any of another.
  func isPlainlyFaster(than other: Sample) -> Bool {
    guard let slowest = trials.last, let fastest = other.trials.first else { return false }
    return slowest.time < fastest.time
  }

  /// CPU time over wall time of the whole process tree, in cores.
  var busyCores: Double { middle.cpuTime / Double(max(1, middle.process.wall)) }

  /// Context switches of the whole process tree, voluntary and involuntary, in the middle trial.
  var switches: Int {
    middle.process.voluntaryContextSwitches + middle.process.involuntaryContextSwitches
  }

  /// The times of all trials, in nanoseconds, in ascending order.
  var times: [Double] { trials.map(\.time) }
}
