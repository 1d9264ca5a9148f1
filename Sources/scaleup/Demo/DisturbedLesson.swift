import Analysis
import Formatting
import Statistics

/// The error of a lesson of which other programs disturbed every trial of a configuration: its answer would mislead.
struct DisturbedLesson: Error, Equatable {
  /// The number of cores that other programs kept busy: the median of the disturbed trials.
  let foreignLoad: Double

  /// Judges the measurements of a lesson; `nil` if each configuration has an undisturbed trial.
  init?(_ measured: [MeasuredConfiguration]) {
    guard measured.contains(where: \.isDisturbed) else { return nil }
    let loads = measured.flatMap(\.disturbed).compactMap { $0.process?.foreignLoad }
    guard let load = median(loads) else { return nil }
    foreignLoad = load
  }

  /// Returns the reason that a lesson has no answer, and the remedy.
  func explanation(lesson name: String) -> String {
    "Other programs kept about \(Readable.fixed(foreignLoad, decimals: 1)) cores busy during the measurement, so the answer "
      + "of this lesson would mislead. Stop them and start the lesson again with scaleup demo \(name)."
  }
}
