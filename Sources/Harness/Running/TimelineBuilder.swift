import Platform
import Records

/// Makes a timeline of readings that come about every interval.
///
/// It stays small however long it gets: when it has more values than `limit`, neighbours are merged, and the interval
/// doubles.
struct TimelineBuilder {
  /// Values a core. At 20 Hz these are 12 s; of 64 cores they take at most 50 kB in a file.
  static let limit = 240

  /// The nanoseconds that one value stands for.
  private(set) var interval: UInt64
  private let start: UInt64
  private var count = 0
  private var cores: [Core] = []

  private struct Core {
    let number: Int
    var lastBusy: UInt64
    /// Whether the last reading had it; its counters may begin anew when it comes back.
    var isThere = true
    /// Busy nanoseconds that are not in a value yet; negative where a value was rounded up.
    var owed: Double = 0
    var values: [Int]

    /// Adds values that stand for so much of the time that is owed as they can.
    mutating func emit(_ count: Int, of length: Double) {
      for left in stride(from: count, to: 0, by: -1) {
        let percentage = min(max((owed / Double(left) / length * 100).rounded(), 0), 100)
        values.append(Int(percentage))
        owed -= percentage / 100 * length
      }
    }
  }

  /// A timeline that begins with a reading.
  init(_ reading: CoreReading, at start: UInt64, interval: UInt64) {
    self.start = start
    self.interval = max(1, interval)
    cores = reading.cores.map { Core(number: $0.number, lastBusy: $0.busy, values: []) }
  }

  /// When the next reading is due.
  var due: UInt64 { start &+ UInt64(count + 1) &* interval }

  /// Adds a reading: a value for every interval that is over.
  mutating func add(_ reading: CoreReading, at time: UInt64) {
    take(reading)
    let passed = time > start ? Int(clamping: (time - start) / interval) : 0
    if passed > count { emit(passed - count) }
    while count > Self.limit { merge() }
  }

  /// The timeline up to a last reading; `nil` where less than half an interval is over.
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
    // As a rule the same cores come in the same order.
    for (position, core) in reading.cores.enumerated() {
      let isSame = cores.indices.contains(position) && cores[position].number == core.number
      if let place = isSame ? position : cores.firstIndex(where: { $0.number == core.number }) {
        if cores[place].isThere, core.busy > cores[place].lastBusy {
          cores[place].owed += Double(core.busy - cores[place].lastBusy)
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

  /// After a long stop of the harness itself there would be very many: these are first merged into few.
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

  /// Makes one value of every two, and the interval twice as long. Of an odd number the last is taken back.
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
      cores[position].owed += Double(last) / 100 * Double(interval)
    }
    count -= 1
  }
}
