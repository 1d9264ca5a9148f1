import Formatting
import Records
import Report

/// The moments of a fleet's record that lessons show. Times are seconds since its start.
extension FleetRecord {
  /// Returns the time of the first event of a kind from a time on; `nil` if there is none.
  ///
  /// - Parameter instance: The instance that it is about (default: any).
  func time(of kind: Event.Kind, _ instance: String? = nil, from start: Double = 0) -> Double? {
    events.first {
      $0.kind == kind && Double($0.time) / 1e9 >= start && (instance == nil || $0.instance == instance)
    }.map { Double($0.time) / 1e9 }
  }

  /// Returns the time at which the first of the instances that were launched from a time on came into service; `nil` if none
  /// did.
  func firstService(ofInstancesFrom start: Double) -> Double? {
    // A launch follows its reason at once; the time of a sample may be rounded up by a little.
    instances.filter { Double($0.launched) / 1e9 >= start - 0.001 }.compactMap(\.inService).min().map {
      Double($0) / 1e9
    }
  }

  /// The requests of the built-in traffic that have no correct answer.
  var lost: UInt64 { load.map { $0.lost + ($0.unsent ?? 0) } ?? 0 }

  /// Returns the least number of instances in service from a time on.
  func leastInService(from start: Double) -> Int {
    var (serving, least) = (Set<String?>(), Int.max)
    for event in events {
      if Double(event.time) / 1e9 >= start { least = min(least, serving.count) }
      switch event.kind {
      case .inService, .recovered: serving.insert(event.instance)
      case .unhealthy, .draining, .died: serving.remove(event.instance)
      default: break
      }
    }
    return min(least, serving.count)
  }

  /// Returns a strip of a quantity, sample by sample.
  func strip(
    _ label: String, upTo most: Double? = nil, _ value: (Point) -> Double?,
    text: (Double) -> String = { Readable.fixed($0, decimals: 0) }
  ) -> TextStrips.Strip {
    .init(label, points.map(value), upTo: most, text: text)
  }
}
