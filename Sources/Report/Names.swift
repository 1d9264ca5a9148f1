import Analysis
import Formatting
import Records

extension WorkloadAnalysis {
  /// The inner loops in it, each once, in the order of the rows.
  var kernels: [String] {
    var seen: Set<String> = []
    return rows.map(\.configuration.kernel).filter { seen.insert($0).inserted }
  }

  /// Whether some row has a schedule.
  var hasSchedules: Bool { rows.contains { $0.configuration.schedule != nil } }

  /// Whether some row has processes with several threads.
  var hasThreads: Bool { rows.contains { $0.configuration.threadsPerRank != nil } }

  /// A model as a sentence names it beside others of the table: with what tells it from them.
  ///
  /// - Parameter workers: `nil` where any number is meant.
  func name(of configuration: Configuration, workers: Int?) -> String {
    [
      configuration.model, workers.map { "\($0)" }, kernels.count > 1 ? configuration.kernel : nil,
      hasThreads ? configuration.threadsPerRank.map { "with \($0) threads a rank" } : nil,
      scheduleText(of: configuration),
    ].compactMap(\.self).joined(separator: " ")
  }
}

/// How numbers are dealt to workers, and in chunks of what size; `nil` where each has one range.
func scheduleText(of configuration: Configuration) -> String? {
  configuration.schedule.map { kind in
    kind + (configuration.grain.map { " \(Readable.round($0))" } ?? "")
  }
}

extension Readable {
  /// Names in a sentence: the first few, and how many there are beside them.
  static func list(_ names: [String], most: Int = 8) -> String {
    let rest = names.count - most
    return names.prefix(most).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }
}
