import Platform
import Records

/// Records what the machine does while an executable runs; used for one after the other.
///
/// It is called from the loop that watches the executable, which it asks to be woken about twenty times a second. A
/// reading that takes long, as on a machine of very many cores, makes it ask less often, so that reading costs less than
/// a hundredth of a core.
public final class ActivityRecorder {
  /// The nanoseconds between two readings.
  static let shortestInterval: UInt64 = 50_000_000
  /// Of what takes less there is no timeline: in a few ticks of the kernel there is nothing to see.
  static let shortestSpan: UInt64 = 200_000_000
  /// How often clocks are read, each of which is a file of its own.
  private static let clockInterval: UInt64 = 1_000_000_000

  /// What the kernel counts that it does not account for every process anyway.
  private static let wanted = [HardwareCounter.cycles, .instructions, .migrations]

  /// Why cycles, instructions or migrations are not counted, on one line; `nil` where all are.
  public let countersReason: String?

  private let sampler: CoreSampler?
  private let throttling: ThrottlingReader
  private let clocks: ClockReader
  private let counters: [HardwareCounter]
  private let interval: UInt64

  private var reading = CoreReading()
  private var timeline: TimelineBuilder?
  private var stealBefore: UInt64?
  private var throttlingBefore: Throttling?
  private var counting: HardwareCounters?
  /// What was over so soon, when it was last tried, that counting would be seen in its time.
  private var brief: Set<Configuration> = []
  private var isCounted = true
  private var clockSums: [Int] = []
  private var clockCount = 0
  private var nextClocks = UInt64.max

  /// Makes a recorder.
  ///
  /// - Parameter tree: Where `proc` and `sys` lie.
  public init(from tree: FileTree = .machine) {
    sampler = CoreSampler(from: tree)
    throttling = ThrottlingReader(from: tree)
    clocks = ClockReader(tree)
    let refusals = Self.wanted.map { HardwareCounters.error(counting: $0, in: tree) }
    counters = zip(Self.wanted, refusals).filter { $0.1 == nil }.map(\.0)
    countersReason = Self.reason(zip(Self.wanted, refusals).map { ($0, $1) })
    interval = Self.interval(for: sampler)
  }

  /// Whether the kernel grants any counter.
  var canCount: Bool { !counters.isEmpty }

  /// Prepares for a trial of a configuration. What took less than `shortestSpan` before is not counted: for every thread
  /// that is created, and every process, counting takes the kernel some 20 µs.
  func prepare(for configuration: Configuration) {
    isCounted = !brief.contains(configuration)
  }

  /// Learns what a trial of a configuration took.
  func learn(_ configuration: Configuration, took wall: UInt64) {
    if wall < Self.shortestSpan {
      brief.insert(configuration)
    } else {
      brief.remove(configuration)
    }
  }

  /// When this is to be woken next; `nil` where it does not matter.
  var due: UInt64? { timeline?.due }

  /// Begins to record, just before an executable is started.
  func begin(at time: UInt64) {
    (timeline, stealBefore, counting) = (nil, nil, nil)
    (clockSums, clockCount) = ([], 0)
    nextClocks = time &+ Self.shortestSpan
    throttlingBefore = throttling.read()
    guard sampler?.read(into: &reading) == true else { return }
    timeline = TimelineBuilder(reading, at: time, interval: interval)
    stealBefore = reading.steal
  }

  /// Begins to count for an executable, just after it has been started.
  func follow(_ child: ChildProcess) {
    if isCounted, canCount { counting = HardwareCounters(of: child, counters) }
  }

  /// Takes what readings are due.
  func wake(at time: UInt64) {
    if let due, time >= due {
      if sampler?.read(into: &reading) == true {
        timeline?.add(reading, at: time)
      } else {
        timeline = nil
      }
    }
    if time >= nextClocks {
      nextClocks = time &+ Self.clockInterval
      takeClocks()
    }
  }

  /// What the machine did since `begin`, to be asked as soon as the executable has ended.
  func end(at time: UInt64) -> Activity {
    var activity = Activity()
    if var timeline, sampler?.read(into: &reading) == true {
      let cores = timeline.end(reading, at: time)
      activity.cores = cores.flatMap { $0.span < Self.shortestSpan ? nil : $0 }
      let steal = reading.steal
      activity.steal = stealBefore.flatMap { steal >= $0 ? steal - $0 : nil }
    }
    if let now = throttling.read(), let throttlingBefore {
      activity.throttled = now.since(throttlingBefore).time
    }
    if clockCount > 0 { activity.clocks = clockSums.map { $0 / clockCount / 1000 } }
    activity.counters = counting.map { Activity.Counters($0.read()) }
    (timeline, counting) = (nil, nil)
    return activity
  }

  private func takeClocks() {
    guard let now = clocks.read() else { return }
    if clockSums.isEmpty { clockSums = Array(repeating: 0, count: now.count) }
    for (position, clock) in now.enumerated() { clockSums[position] += clock }
    clockCount += 1
  }

  /// An interval of which a reading takes less than a hundredth: the least of three tries tells how long one takes.
  private static func interval(for sampler: CoreSampler?) -> UInt64 {
    guard let sampler else { return shortestInterval }
    var reading = CoreReading()
    let costs = (0..<3).map { _ in
      let start = Clock.monotonic.now()
      sampler.read(into: &reading)
      return Clock.monotonic.now() - start
    }
    return interval(costing: costs.min() ?? 0)
  }

  /// The least multiple of the shortest interval of which a reading that costs so much takes less than a hundredth.
  static func interval(costing cost: UInt64) -> UInt64 {
    (min(cost, 1_000_000_000) * 100 / shortestInterval + 1) * shortestInterval
  }

  /// Those with the same reason are told together.
  private static func reason(_ refusals: [(counter: HardwareCounter, refusal: CounterError?)]) -> String? {
    let reasons = Dictionary(grouping: refusals.filter { $0.refusal != nil }) { $0.refusal }
    let lines = reasons.compactMap { reason, group in
      reason.map { "\(group.map(\.counter.rawValue).joined(separator: ", ")): \($0)" }
    }
    return lines.isEmpty ? nil : lines.sorted().joined(separator: "; ")
  }
}

/// Reads the clocks of the cores that are online, where they tell them.
private struct ClockReader {
  private let tree: FileTree
  private let cpus: [Int]

  init(_ tree: FileTree) {
    self.tree = tree
    let online = Topology.read(from: tree)?.cpus.map(\.number) ?? []
    cpus = FrequencyPolicy.currentFrequencies(ofCPUs: online, from: tree) == nil ? [] : online
  }

  /// In kHz; `nil` where a core does not tell it.
  func read() -> [Int]? {
    cpus.isEmpty ? nil : FrequencyPolicy.currentFrequencies(ofCPUs: cpus, from: tree)
  }
}

extension Activity.Counters {
  /// What was counted.
  fileprivate init(_ counts: [HardwareCounter: UInt64]) {
    self.init(
      cycles: counts[.cycles], instructions: counts[.instructions], migrations: counts[.migrations])
  }
}
