import Analysis
import Formatting
import Records

extension WorkloadAnalysis {
  /// Returns the name of a configuration among the others of the workload: the model, and what distinguishes it.
  ///
  /// - Parameter workers: The number of workers; `nil` leaves it out.
  func name(of configuration: Configuration, workers: Int?) -> String {
    [
      configuration.model, workers.map { "\($0)" }, kernelText(of: configuration),
      hasThreads ? configuration.threadsPerRank.map { "with \($0) threads per rank" } : nil,
      scheduleText(of: configuration),
    ].compactMap(\.self).joined(separator: " ")
  }

  /// Returns a configuration as the first cell of its row: the model, and the kernel and schedule if rows differ in them.
  func label(of configuration: Configuration) -> String {
    [configuration.model, kernelText(of: configuration), scheduleText(of: configuration)].compactMap(\.self)
      .joined(separator: " ")
  }

  /// Returns the kernel of a configuration, or `nil` if it is the scalar one or the only one.
  private func kernelText(of configuration: Configuration) -> String? {
    kernels.count > 1 && configuration.kernel != "scalar" ? configuration.kernel : nil
  }
}

/// Returns the schedule and the grain of a configuration, or `nil` if each worker has one range.
func scheduleText(of configuration: Configuration) -> String? {
  configuration.schedule.map { kind in
    kind + (configuration.grain.map { " \(Readable.round($0))" } ?? "")
  }
}

extension Readable {
  /// Returns names for a sentence: the first few, and the number of the others.
  static func list(_ names: [String], most: Int = 8) -> String {
    let rest = names.count - most
    return names.prefix(most).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }
}
