/// Keeps a worker busy for a set percentage of a period and asleep for the rest.
///
/// Time is divided into beats. In each beat the worker is let work until its CPU time has caught up with the
/// percentage of the whole time up to the beat's end; then it sleeps to the beat's end. What one beat got too
/// much or too little, through an interruption or a late waking, the next makes good.
struct Pacing {
  /// The length of a beat in nanoseconds: short beside the human eye and a monitor's second, long beside a batch.
  static let beat: UInt64 = 20_000_000

  /// The reading of the clock when the worker was last let work.
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

  /// Waits until the worker may work on; `false` when the period is over.
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
