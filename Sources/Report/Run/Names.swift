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
      variantText(of: configuration),
    ].compactMap(\.self).joined(separator: " ")
  }

  /// Returns a configuration as the first cell of its row: the model, and the kernel, schedule and placement if rows
  /// differ in them.
  func label(of configuration: Configuration) -> String {
    [configuration.model, kernelText(of: configuration), variantText(of: configuration)].compactMap(\.self)
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

/// The longest list of CPUs in a name, in characters.
private let longestCPUList = 24

/// Returns the placement of a configuration; `nil` if the system chose.
func placementText(of configuration: Configuration) -> String? {
  configuration.placement.map { rule in
    guard rule.first?.isNumber == true else { return rule }
    let list = rule.count > longestCPUList ? "\(rule.prefix(longestCPUList))…" : rule
    return "\(rule.allSatisfy(\.isNumber) ? "CPU" : "CPUs") \(list)"
  }
}

/// Returns what distinguishes a configuration from others of its model and kernel: its schedule and its placement; `nil` if
/// it has neither.
func variantText(of configuration: Configuration) -> String? {
  let parts = [scheduleText(of: configuration), placementText(of: configuration)].compactMap(\.self)
  return parts.isEmpty ? nil : parts.joined(separator: " ")
}

/// Returns the schedule and the placement of a configuration to follow its name in a sentence, such as ` with the dynamic
/// schedule`; empty if it has neither.
func variantPhrase(of configuration: Configuration) -> String {
  let schedule = configuration.schedule.map { " with the \($0) schedule" } ?? ""
  return schedule + (configuration.placement.map { " and --placement \($0)" } ?? "")
}

extension Readable {
  /// Returns names for a sentence: the first few, and the number of the others.
  static func list(_ names: [String], most: Int = 8) -> String {
    let rest = names.count - most
    return names.prefix(most).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }
}
