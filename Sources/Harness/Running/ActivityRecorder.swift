import Platform
import Records

/// Records the activity of the machine while an executable runs: busy cores, foreign load, steal, throttling,
/// frequencies, energy and hardware counters. One recorder serves a sequence of executables.
///
/// The loop that watches the executable wakes it about 20 times per second. If a reading takes long, as on a machine
/// with very many cores, it wakes less often, so that readings cost less than 1 % of a core.
public final class ActivityRecorder {
  /// The nanoseconds between two readings.
  static let shortestInterval: UInt64 = 50_000_000
  /// The shortest execution with a timeline, in nanoseconds: a few ticks of the kernel would show nothing.
  static let shortestSpan: UInt64 = 200_000_000
  /// The nanoseconds between two readings of the frequencies. Each core has a file of its own, so they are read seldom.
  private static let frequencyInterval: UInt64 = 1_000_000_000

  /// The counters to open. The kernel records everything else for each process anyway.
  private static let wanted = [HardwareCounter.cycles, .instructions, .migrations]

  /// The reason cycles, instructions or migrations are not counted, as one line; `nil` if all are.
  public let countersReason: String?

  private let sampler: CoreSampler?
  /// The cores that this process and its children may use; `nil` if all.
  private let allowed: Set<Int>?
  private let throttling: ThrottlingReader
  private let frequencies: FrequencyReader
  private let counters: [HardwareCounter]
  private let interval: UInt64

  private var reading = CoreReading()
  private var timeline: TimelineBuilder?
  /// The busy time of the allowed cores, the CPU time of scaleup itself, and the steal.
  private var before: (busy: UInt64, own: UInt64, steal: UInt64?)?
  private var throttlingBefore: Throttling?
  private var counting: HardwareCounters?
  private var energy: EnergyRecorder
  /// The configurations whose last trial was so short that counting would distort its time.
  private var brief: Set<Configuration> = []
  private var isCounted = true
  private var isWatched = true
  private var frequencySums: [Int] = []
  private var frequencyCount = 0
  private var nextFrequencies = UInt64.max

  /// Makes a recorder.
  ///
  /// - Parameter tree: The file tree that contains `proc` and `sys`.
  public init(from tree: FileTree = .machine) {
    sampler = CoreSampler(from: tree)
    allowed = AllowedCPUs.read(from: tree).map { Set($0) }
    throttling = ThrottlingReader(from: tree)
    frequencies = FrequencyReader(tree)
    energy = EnergyRecorder(try? EnergyMeter(from: tree))
    let refusals = Self.wanted.map { HardwareCounters.error(counting: $0, in: tree) }
    counters = zip(Self.wanted, refusals).filter { $0.1 == nil }.map(\.0)
    countersReason = Self.reason(zip(Self.wanted, refusals).map { ($0, $1) })
    interval = Self.interval(for: sampler)
  }

  /// Whether the kernel permits any counter.
  var canCount: Bool { !counters.isEmpty }

  /// Prepares for a trial of a configuration. Counting is off if its last trial took less than `shortestSpan`: it costs
  /// the kernel some 20 µs per created thread or process. A trial that repeats its region measures microseconds, so the
  /// machine is read only before and after it. A command may create thousands of processes, so nothing is counted for it.
  func prepare(for configuration: Configuration) {
    isWatched = configuration.repetitions == nil
    isCounted = isWatched && configuration.command == nil && !brief.contains(configuration)
  }

  /// Records the duration of a trial of a configuration.
  func learn(_ configuration: Configuration, took wall: UInt64) {
    if wall < Self.shortestSpan {
      brief.insert(configuration)
    } else {
      brief.remove(configuration)
    }
  }

  /// The time of the next reading; `nil` if none is due.
  var due: UInt64? { timeline?.due }

  /// Starts recording. Call it just before the executable starts.
  func begin(at time: UInt64) {
    (timeline, before, counting) = (nil, nil, nil)
    (frequencySums, frequencyCount) = ([], 0)
    nextFrequencies = isWatched ? time &+ Self.shortestSpan : .max
    throttlingBefore = throttling.read()
    energy.begin(at: time)
    guard sampler?.read(into: &reading) == true else { return }
    if isWatched { timeline = TimelineBuilder(reading, at: time, interval: interval) }
    before = (allowedBusy, Clock.processCPU.now(), reading.steal)
  }

  /// Starts counting for an executable. Call it just after the executable has started.
  func follow(_ child: ChildProcess) {
    if isCounted, canCount { counting = HardwareCounters(of: child, counters) }
  }

  /// Takes the readings that are due.
  func wake(at time: UInt64) {
    if let due, time >= due {
      if sampler?.read(into: &reading) == true {
        timeline?.add(reading, at: time)
      } else {
        timeline = nil
      }
    }
    if time >= nextFrequencies {
      nextFrequencies = time &+ Self.frequencyInterval
      readFrequencies()
    }
    energy.wake(at: time)
  }

  /// Stops recording and returns the activity since `begin`. Call it as soon as the executable has ended.
  func end(at time: UInt64) -> Activity {
    var activity = Activity()
    activity.energy = energy.end(at: time)
    if let before, sampler?.read(into: &reading) == true {
      let cores = timeline?.end(reading, at: time)
      activity.cores = cores.flatMap { $0.span < Self.shortestSpan ? nil : $0 }
      let (busy, own) = (allowedBusy, Clock.processCPU.now() &- before.own)
      activity.busy = busy >= before.busy ? (busy - before.busy) - min(own, busy - before.busy) : nil
      if let steal = reading.steal, let earlier = before.steal, steal >= earlier {
        activity.steal = steal - earlier
      }
    }
    if let now = throttling.read(), let throttlingBefore {
      activity.throttled = now.since(throttlingBefore).time
    }
    if frequencyCount > 0 { activity.clocks = frequencySums.map { $0 / frequencyCount / 1000 } }
    activity.counters = counting.map { Activity.Counters($0.read()) }
    (timeline, counting) = (nil, nil)
    return activity
  }

  /// Records the activity while a function runs that starts and reaps its programs by itself.
  ///
  /// - Returns: The function's value, the activity, and the time that it took in nanoseconds.
  public func record<Value>(
    _ body: () throws -> Value
  ) rethrows -> (value: Value, activity: Activity, wall: UInt64) {
    let start = Clock.monotonic.now()
    isWatched = false
    begin(at: start)
    let value = try body()
    let end = Clock.monotonic.now()
    return (value, self.end(at: end), end - start)
  }

  /// The busy time of the allowed cores.
  private var allowedBusy: UInt64 { (allowed.map(reading.limited) ?? reading).busy }

  private func readFrequencies() {
    guard let now = frequencies.read() else { return }
    if frequencySums.isEmpty { frequencySums = Array(repeating: 0, count: now.count) }
    for (position, frequency) in now.enumerated() { frequencySums[position] += frequency }
    frequencyCount += 1
  }

  /// Returns the interval for a sampler, from the shortest of three readings.
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

  /// Returns the least multiple of the shortest interval that is over 100 times the duration of a reading.
  static func interval(costing cost: UInt64) -> UInt64 {
    (min(cost, 1_000_000_000) * 100 / shortestInterval + 1) * shortestInterval
  }

  /// Returns the reasons as one line, grouping the counters with the same reason.
  private static func reason(_ refusals: [(counter: HardwareCounter, refusal: CounterError?)]) -> String? {
    let reasons = Dictionary(grouping: refusals.filter { $0.refusal != nil }) { $0.refusal }
    let lines = reasons.compactMap { reason, group in
      reason.map { "\(group.map(\.counter.rawValue).joined(separator: ", ")): \($0)" }
    }
    return lines.isEmpty ? nil : lines.sorted().joined(separator: "; ")
  }
}

/// Reads the current frequencies of the online cores, if the machine reports them.
private struct FrequencyReader {
  private let tree: FileTree
  private let cpus: [Int]

  init(_ tree: FileTree) {
    self.tree = tree
    let online = Topology.read(from: tree)?.cpus.map(\.number) ?? []
    cpus = FrequencyPolicy.currentFrequencies(ofCPUs: online, from: tree) == nil ? [] : online
  }

  /// Returns the frequencies in kHz; `nil` if a core does not report its own.
  func read() -> [Int]? {
    cpus.isEmpty ? nil : FrequencyPolicy.currentFrequencies(ofCPUs: cpus, from: tree)
  }
}

extension Activity.Counters {
  /// Makes the record of counts.
  fileprivate init(_ counts: [HardwareCounter: UInt64]) {
    self.init(
      cycles: counts[.cycles], instructions: counts[.instructions], migrations: counts[.migrations])
  }
}
