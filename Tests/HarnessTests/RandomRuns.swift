import TestSupport

import Records

/// Runs with anything in them that a run may have.
struct RandomRuns {
  private var generator: SplitMix64

  init(seed: UInt64) {
    generator = SplitMix64(seed: seed)
  }

  private static let texts = [
    "", "host", #""trials":["#, #"\"trials\":["#, #"a":"trials":[{"#, "a\nb\r\n\tc", "\u{0}\u{1F}\u{7F}",
    "\u{2028}\u{202E}", "/\\\"'", "名前 👩‍👩‍👧 \u{301}", #"},{"configuration":0,"round":0}"#,
  ]

  mutating func run(trials count: Int) -> RunRecord {
    let configurations = (0..<Int.random(in: 1...5, using: &generator)).map { _ in configuration() }
    let passport = Passport(
      processor: optional { $0.text() }, architecture: text(), onlineCPUs: number(4096),
      affinityCPUs: optional { $0.number(4096) },
      quotaCPUs: optional { .random(in: 0...64, using: &$0.generator) },
      effectiveCPUs: number(4096),
      caches: (0..<number(3)).map { level in
        .init(level: level, type: text(), size: amount(), sharedBy: number(64))
      },
      memory: optional { $0.amount() }, operatingSystem: optional { $0.text() }, kernel: text(),
      swift: text())
    var run = RunRecord(
      version: text(), host: text(), startedAt: date(), passport: passport,
      plan: Plan(configurations: configurations, trials: number(100), warmUps: number(100)))
    run.trials = (0..<count).map { trial(number(configurations.count - 1), round: $0) }
    return run
  }

  private mutating func configuration() -> Configuration {
    Configuration(
      model: text(), workload: text(), kernel: text(), workers: number(4096),
      upTo: optional { $0.generator.next() }, duration: optional { $0.amount() })
  }

  private mutating func trial(_ configuration: Int, round: Int) -> Trial {
    Trial(
      configuration: configuration, round: round, warmUp: Bool.random(using: &generator),
      process: optional { runs in
        ProcessRecord(
          wall: runs.amount(), userTime: runs.amount(), systemTime: runs.amount(),
          voluntaryContextSwitches: runs.events(), involuntaryContextSwitches: runs.events(),
          minorPageFaults: runs.events(), majorPageFaults: runs.events())
      },
      report: optional { $0.report() }, failure: optional { $0.text() })
  }

  private mutating func report() -> TrialRecord {
    var report = TrialRecord(
      result: ExactInteger(.random(in: 0...UInt128.max, using: &generator)), region: amount())
    (report.model, report.workload, report.kernel) = (optional { $0.text() }, optional { $0.text() }, text())
    (report.workers, report.upTo) = (optional { $0.number(4096) }, optional { $0.generator.next() })
    (report.duration, report.load) = (optional { $0.amount() }, optional { $0.number(100) })
    report.peakMemory = optional { $0.amount() }
    report.shares = optional { runs in (0..<runs.number(3)).map { runs.share($0) } }
    return report
  }

  private mutating func share(_ worker: Int) -> Share {
    Share(
      worker: worker, range: optional { .init(lower: $0.generator.next(), upper: $0.generator.next()) },
      result: ExactInteger(.random(in: 0...UInt128.max, using: &generator)), begin: amount(),
      end: amount(), cpuTime: amount(), core: optional { $0.number(4096) },
      peakMemory: optional { $0.amount() },
      slices: optional { runs in (0..<runs.number(4)).map { _ in runs.generator.next() } })
  }

  private mutating func text() -> String {
    Self.texts[number(Self.texts.count - 1)]
  }

  private mutating func number(_ most: Int) -> Int {
    .random(in: 0...most, using: &generator)
  }

  /// Nanoseconds or bytes.
  private mutating func amount() -> UInt64 {
    .random(in: 0...1_000_000_000_000_000_000, using: &generator)
  }

  private mutating func events() -> Int { Int(amount()) }

  private mutating func date() -> String {
    "20\(10 + number(89))-1\(number(2))-\(10 + number(21))T1\(number(9)):\(10 + number(49)):0\(number(9))Z"
  }

  private mutating func optional<Value>(_ value: (inout RandomRuns) -> Value) -> Value? {
    Bool.random(using: &generator) ? value(&self) : nil
  }
}
