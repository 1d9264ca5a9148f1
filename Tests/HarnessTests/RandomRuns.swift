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
        .init(level: level, type: text(), size: generator.next(), sharedBy: number(64))
      },
      memory: optional { $0.generator.next() }, operatingSystem: optional { $0.text() }, kernel: text(),
      swift: text())
    var run = RunRecord(
      version: text(), host: text(), startedAt: text(), passport: passport,
      plan: Plan(configurations: configurations, trials: number(100), warmUps: number(100)))
    run.trials = (0..<count).map { _ in trial(number(configurations.count - 1)) }
    return run
  }

  private mutating func configuration() -> Configuration {
    Configuration(
      model: text(), workload: text(), kernel: text(), workers: number(4096),
      upTo: optional { $0.generator.next() }, duration: optional { $0.generator.next() })
  }

  private mutating func trial(_ configuration: Int) -> Trial {
    Trial(
      configuration: configuration, round: number(1000), warmUp: Bool.random(using: &generator),
      process: optional { runs in
        ProcessRecord(
          wall: runs.generator.next(), userTime: runs.generator.next(), systemTime: runs.generator.next(),
          voluntaryContextSwitches: runs.number(.max), involuntaryContextSwitches: runs.number(.max),
          minorPageFaults: runs.number(.max), majorPageFaults: runs.number(.max))
      },
      report: optional { $0.report() }, failure: optional { $0.text() })
  }

  private mutating func report() -> TrialRecord {
    var report = TrialRecord(
      result: ExactInteger(.random(in: 0...UInt128.max, using: &generator)), region: generator.next())
    (report.model, report.workload, report.kernel) = (optional { $0.text() }, optional { $0.text() }, text())
    (report.workers, report.upTo) = (optional { $0.number(4096) }, optional { $0.generator.next() })
    (report.duration, report.load) = (optional { $0.generator.next() }, optional { $0.number(100) })
    report.peakMemory = optional { $0.generator.next() }
    report.shares = optional { runs in (0..<runs.number(3)).map { runs.share($0) } }
    return report
  }

  private mutating func share(_ worker: Int) -> Share {
    Share(
      worker: worker, range: optional { .init(lower: $0.generator.next(), upper: $0.generator.next()) },
      result: ExactInteger(.random(in: 0...UInt128.max, using: &generator)), begin: generator.next(),
      end: generator.next(), cpuTime: generator.next(), core: optional { $0.number(4096) },
      peakMemory: optional { $0.generator.next() },
      slices: optional { runs in (0..<runs.number(4)).map { _ in runs.generator.next() } })
  }

  private mutating func text() -> String {
    Self.texts[number(Self.texts.count - 1)]
  }

  private mutating func number(_ most: Int) -> Int {
    .random(in: 0...most, using: &generator)
  }

  private mutating func optional<Value>(_ value: (inout RandomRuns) -> Value) -> Value? {
    Bool.random(using: &generator) ? value(&self) : nil
  }
}
