import Records
import TestSupport
import Testing

@testable import Analysis

struct LossTests {
  /// A report of a sum with shares whose begin, end and CPU time are given.
  private func report(region: UInt64, _ shares: [(begin: UInt64, end: UInt64, cpuTime: UInt64)])
    -> TrialRecord
  {
    var record = TrialRecord(result: ExactInteger(0), region: region)
    record.workers = shares.count
    record.shares = shares.enumerated().map { worker, share in
      Share(
        worker: worker, result: ExactInteger(0), begin: share.begin, end: share.end, cpuTime: share.cpuTime)
    }
    return record
  }

  /// The losses of trials with these reports, each paired with one of `single`.
  private func attribution(_ pairs: [(TrialRecord, TrialRecord)]) -> LossAttribution? {
    func trial(_ report: TrialRecord) -> MeasuredTrial? {
      MeasuredTrial(
        Trial(configuration: 0, round: 0, warmUp: false, report: report), of: sum("fork", 2),
        effectiveCPUs: 4,
        mostForeignLoad: 0.15)
    }
    return LossAttribution(
      pairs.compactMap { report, single in
        trial(report).flatMap { one in trial(single).map { (one, $0) } }
      })
  }

  @Test("every nanosecond of a constructed trial is attributed to its cause")
  func known() throws {
    let report = report(region: 1000, [(10, 900, 850), (30, 990, 960)])
    let losses = try #require(attribution([(report, TrialRecord(result: ExactInteger(0), region: 1700))]))
    #expect(losses.workers == 2 && losses.trials == 1 && losses.coreTime == 2000)
    #expect(losses.parts[.startUp] == 40)
    #expect(losses.parts[.slowDown] == 110, "1810 of CPU time, and single took 1700")
    #expect(losses.parts[.offCPU] == 40, "40 in the first worker, none in the second")
    #expect(losses.parts[.imbalance] == 90)
    #expect(losses.parts[.merge] == 20)
    #expect(losses.lost == 300)
    #expect(losses.largest == .slowDown)
    #expect(losses.share(of: .imbalance) == 0.045)
  }

  @Test("communication is a loss of its own, and the parts still add up")
  func messages() throws {
    var report = report(region: 1000, [(10, 900, 850), (30, 990, 800)])
    for (position, times) in [(arrival: 4, communication: 0), (arrival: 20, communication: 150)].enumerated()
    {
      report.shares?[position].arrival = UInt64(times.arrival)
      report.shares?[position].communication = UInt64(times.communication)
    }
    let losses = try #require(attribution([(report, TrialRecord(result: ExactInteger(0), region: 1600))]))
    #expect(losses.parts[.communication] == 194, "4 + 20 + 150, and twice the 10 at the end")
    #expect(losses.parts[.merge] == nil && losses.parts[.startUp] == 16)
    #expect(losses.parts[.slowDown] == 50 && losses.parts[.offCPU] == 50 && losses.parts[.imbalance] == 90)
    #expect(losses.lost == 400 && losses.largest == .communication)
  }

  @Test("the losses add up to 1 − S/p of the core time without remainder, whatever the trials")
  func noRemainder() throws {
    var generator = SplitMix64(seed: 44)
    for _ in 0..<300 {
      let workers = Int.random(in: 1...64, using: &generator)
      let pairs = (0..<Int.random(in: 1...9, using: &generator)).map { _ in
        let region = UInt64.random(in: 1...1_000_000_000, using: &generator)
        let shares = (0..<workers).map { _ in
          let begin = UInt64.random(in: 0...region, using: &generator)
          let end = UInt64.random(in: begin...region, using: &generator)
          return (begin, end, UInt64.random(in: 0...region, using: &generator))
        }
        let single = UInt64.random(in: 1...10_000_000_000, using: &generator)
        return (report(region: region, shares), TrialRecord(result: ExactInteger(0), region: single))
      }
      let losses = try #require(attribution(pairs))
      let ratios = pairs.map { Double($1.region) / Double($0.region) }.sorted()
      let speedup = (ratios[(ratios.count - 1) / 2] + ratios[ratios.count / 2]) / 2
      #expect(abs(losses.lost / losses.coreTime - (1 - speedup / Double(workers))) < 1e-9)
      let shares = LossAttribution.Part.allCases.reduce(0) { $0 + losses.share(of: $1) }
      #expect(abs(shares * losses.coreTime - losses.lost) < 1e-3)
    }
  }

  @Test("a report without a share per worker is left out, and without reports there are no losses")
  func missingShares() {
    let single = TrialRecord(result: ExactInteger(0), region: 10)
    var incomplete = report(region: 10, [(0, 5, 5)])
    incomplete.workers = 2
    #expect(attribution([(incomplete, single), (single, single)]) == nil)
    #expect(attribution([]) == nil)
    let whole = report(region: 10, [(0, 5, 5), (0, 6, 6)])
    #expect(attribution([(incomplete, single), (whole, single)])?.trials == 1)
  }

  @Test("a slow trial changes the losses of all trials, but not those of the round in the middle")
  func slowTrial() throws {
    func pair(_ end: UInt64) -> (TrialRecord, TrialRecord) {
      (
        report(region: end, [(0, end, end), (0, 100, 100)]), TrialRecord(result: ExactInteger(0), region: 180)
      )
    }
    let losses = try #require(attribution([pair(100), pair(100), pair(1000)]))
    #expect(losses.lost == 20 && losses.coreTime == 200 && losses.trials == 3)
    #expect(abs(losses.meanShare - (1 - 540.0 / 2400)) < 1e-12)
  }

  @Test("no part is the largest if nothing is lost")
  func nothingLost() throws {
    let report = report(region: 100, [(0, 100, 50), (0, 100, 50)])
    let single = TrialRecord(result: ExactInteger(0), region: 200)
    let losses = try #require(attribution([(report, single)]))
    #expect(losses.lost == 0 && losses.largest == .offCPU)
    let idle = try #require(attribution([(self.report(region: 100, [(0, 100, 100)]), single)]))
    #expect(idle.largest == nil)
  }
}
