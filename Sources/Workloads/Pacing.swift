/// Keeps a worker busy for a given percentage of a period and asleep for the rest.
///
/// Time is divided into beats of random length. In each beat the worker works until its CPU time reaches the
/// percentage of the time up to the beat's end; then it sleeps until the beat's end. If one beat gets too much
/// or too little CPU time, because of an interruption or a late wake-up, the next one compensates.
///
/// Beats of equal length would be seen as 40 % or 60 % of a core by a monitor whose clock ticks at a multiple of
/// theirs.
struct Pacing {
  /// The mean length of a beat in nanoseconds: short compared with a monitor's second, long compared with a batch.
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
      let endOfBeat = min(period.end, Self.endOfBeat(at: moment, begunAt: begin))
      let used = clock.cpuTime() - cpuTimeAtBegin
      if used * 100 < (endOfBeat - begin) * UInt64(period.load) { break }
      clock.sleep(until: endOfBeat)
      moment = clock.now()
    }
    return moment < period.end
  }

  /// Returns the end of the beat that contains a moment: the next multiple of a beat after the begin, delayed by up
  /// to a beat.
  static func endOfBeat(at moment: UInt64, begunAt begin: UInt64) -> UInt64 {
    let multiple = (moment - begin) / beat
    let end = begin + multiple * beat + delay(of: multiple, begunAt: begin)
    return moment < end ? end : begin + (multiple + 1) * beat + delay(of: multiple + 1, begunAt: begin)
  }

  /// Returns a number below the length of a beat that looks random and depends on the worker's begin: the output
  /// function of SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014).
  private static func delay(of multiple: UInt64, begunAt begin: UInt64) -> UInt64 {
    var mixed = begin &+ multiple &* 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return (mixed ^ (mixed >> 31)) % beat
  }
}
