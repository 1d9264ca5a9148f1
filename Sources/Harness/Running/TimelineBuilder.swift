import Platform
import Records

/// Builds a timeline from readings that come about once per interval.
///
/// The timeline stays small however long it runs: when it has more values than `limit`, it merges pairs of neighbours and
/// doubles the interval.
struct TimelineBuilder {
  /// The most values per core. At 20 Hz they cover 12 s; those of 64 cores take at most 50 kB in a file.
  static let limit = 240

  /// The span of one value in nanoseconds.
  private(set) var interval: UInt64
  private let start: UInt64
  private var count = 0
  private var cores: [Core] = []

  private struct Core {
    let number: Int
    var lastBusy: UInt64
    /// Whether the last reading had the core. Its counters may restart when it comes back online.
    var isThere = true
    /// The busy nanoseconds that are not in a value yet; negative if a value was rounded up.
    var remainder: Double = 0
    var values: [Int]

    /// Appends values of a given length, and subtracts the busy time that they stand for.
    mutating func emit(_ count: Int, of length: Double) {
      for left in stride(from: count, to: 0, by: -1) {
        let percentage = min(max((remainder / Double(left) / length * 100).rounded(), 0), 100)
        values.append(Int(percentage))
        remainder -= percentage / 100 * length
      }
    }
  }

  /// Makes a timeline that begins with a reading.
  init(_ reading: CoreReading, at start: UInt64, interval: UInt64) {
    self.start = start
    self.interval = max(1, interval)
    cores = reading.cores.map { Core(number: $0.number, lastBusy: $0.busy, values: []) }
  }

  /// The time of the next reading.
  var due: UInt64 { start &+ UInt64(count + 1) &* interval }

  /// Adds a reading, and a value for every interval that has passed.
  mutating func add(_ reading: CoreReading, at time: UInt64) {
    take(reading)
    let passed = time > start ? Int(clamping: (time - start) / interval) : 0
    if passed > count { emit(passed - count) }
    while count > Self.limit { merge() }
  }

  /// Returns the timeline up to a last reading; `nil` if less than half an interval has passed.
  mutating func end(_ reading: CoreReading, at time: UInt64) -> CoreTimeline? {
    add(reading, at: time)
    let span = time > start ? time - start : 0
    var rest = Double(span) - Double(count) * Double(interval)
    if rest < Double(interval) / 2 {
      guard count > 0 else { return nil }
      takeBackLast()
      rest += Double(interval)
    }
    for position in cores.indices { cores[position].emit(1, of: rest) }
    let sorted = cores.sorted { $0.number < $1.number }
    return CoreTimeline(
      interval: interval, span: span, cores: sorted.map(\.number), busy: sorted.map(\.values))
  }

  private mutating func take(_ reading: CoreReading) {
    // Usually the same cores come in the same order.
    for (position, core) in reading.cores.enumerated() {
      let isSame = cores.indices.contains(position) && cores[position].number == core.number
      if let place = isSame ? position : cores.firstIndex(where: { $0.number == core.number }) {
        if cores[place].isThere, core.busy > cores[place].lastBusy {
          cores[place].remainder += Double(core.busy - cores[place].lastBusy)
        }
        (cores[place].lastBusy, cores[place].isThere) = (core.busy, true)
      } else {
        cores.append(
          Core(number: core.number, lastBusy: core.busy, values: Array(repeating: 0, count: count)))
      }
    }
    if reading.cores.count < cores.count {
      let there = Set(reading.cores.map(\.number))
      for place in cores.indices where !there.contains(cores[place].number) { cores[place].isThere = false }
    }
  }

  /// Adds values to every core. If the harness was stopped for long, neighbours are merged first to keep them few.
  private mutating func emit(_ more: Int) {
    var more = more
    while count + more > 2 * Self.limit {
      if count % 2 == 1 {
        emitValues(1)
        more -= 1
      }
      merge()
      more /= 2
    }
    emitValues(more)
  }

  private mutating func emitValues(_ more: Int) {
    for position in cores.indices { cores[position].emit(more, of: Double(interval)) }
    count += more
  }

  /// Merges every two values into one and doubles the interval. The last of an odd number is taken back.
  private mutating func merge() {
    if count % 2 == 1 { takeBackLast() }
    for position in cores.indices {
      let values = cores[position].values
      var odd = 0
      cores[position].values = stride(from: 0, to: values.count, by: 2).map { place in
        let sum = values[place] + values[place + 1] + odd
        odd = sum % 2
        return sum / 2
      }
    }
    count /= 2
    interval = interval.multipliedReportingOverflow(by: 2).overflow ? .max : interval * 2
  }

  private mutating func takeBackLast() {
    for position in cores.indices {
      let last = cores[position].values.removeLast()
      cores[position].remainder += Double(last) / 100 * Double(interval)
    }
    count -= 1
  }
}
