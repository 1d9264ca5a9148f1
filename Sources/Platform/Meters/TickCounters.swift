import CPlatform

/// The counters of ticks that Darwin has for every core.
final class TickCounters: CoreSource {
  private var sums = TickSums()
  private var counters: [UInt32] = []

  /// Returns `nil` if the system has no such counters.
  init?() {
    if !refresh() { return nil }
  }

  func read(into reading: inout CoreReading) -> Bool {
    if !refresh() { counters = [] }
    sums.add(counters)
    reading = CoreReading(sums, tick: CoreReading.tick)
    return !reading.cores.isEmpty
  }

  /// Reads the counters of all cores, and returns whether that succeeded.
  private func refresh() -> Bool {
    while true {
      let capacity = counters.count / TickSums.countersPerCore
      let cores = Int(scaleup_core_ticks(&counters, Int32(clamping: capacity)))
      if cores == capacity { return cores > 0 }
      if cores <= 0 { return false }
      counters = Array(repeating: 0, count: cores * TickSums.countersPerCore)
    }
  }
}

/// Cumulative ticks of every core, added up from counters of 32 bits that wrap around.
struct TickSums {
  /// The counters of a core: user mode, kernel, idle, niced user mode.
  static let countersPerCore = 4

  /// The ticks of each core with work, by its number.
  private(set) var busy: [UInt64] = []
  private var last: [UInt32] = []

  /// Adds what the counters have advanced since the last call; the first time, since the machine started. If the number of
  /// cores has changed, it starts anew.
  mutating func add(_ counters: [UInt32]) {
    if counters.count != last.count {
      last = Array(repeating: 0, count: counters.count)
      busy = Array(repeating: 0, count: counters.count / Self.countersPerCore)
    }
    for core in busy.indices {
      let first = core * Self.countersPerCore
      for counter in [first, first + 1, first + 3] {
        busy[core] += UInt64(counters[counter] &- last[counter])
      }
    }
    last = counters
  }
}

extension CoreReading {
  /// Creates the reading of sums of ticks, which do not say how many were stolen.
  ///
  /// - Parameter tick: The length of a tick in nanoseconds.
  init(_ sums: TickSums, tick: UInt64) {
    self.init(cores: sums.busy.enumerated().map { Core(number: $0, busy: $1 &* tick, steal: nil) })
  }
}
