/// Keeps a worker busy for a given percentage of a period and asleep for the rest.
///
/// Time is divided into beats. In each beat the worker works until its CPU time reaches the percentage of the
/// time up to the beat's end; then it sleeps until the beat's end. If one beat gets too much or too little
/// CPU time, because of an interruption or a late wake-up, the next one compensates.
struct Pacing {
  /// The length of a beat in nanoseconds: short compared with a monitor's second, long compared with a batch.
  static let beat: UInt64 = 20_000_000

  /// The time at which the worker was last allowed to work.
  private(set) var moment: UInt64

  private let period: Period
  private let clock: any WorkClock
  private let begin: UInt64
  private let cpuTimeAtBegin: UInt64

  init(_ period: Period, _ clock: any WorkClock) {
    self.period = period
    self.clock = clock
    begin = clock.now()
    cpuTimeAtBegin = clock.cpuTime()
    moment = begin
  }

  /// Waits until the worker may continue; returns `false` when the period is over.
  mutating func mayWork() -> Bool {
    moment = clock.now()
    while period.load < 100, moment < period.end {
      let endOfBeat = min(period.end, begin + ((moment - begin) / Self.beat + 1) * Self.beat)
      let used = clock.cpuTime() - cpuTimeAtBegin
      if used * 100 < (endOfBeat - begin) * UInt64(period.load) { break }
      clock.sleep(until: endOfBeat)
      moment = clock.now()
    }
    return moment < period.end
  }
}
