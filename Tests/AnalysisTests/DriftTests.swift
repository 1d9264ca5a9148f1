import Analysis
import Records
import TestSupport
import Testing

struct DriftTests {
  private let configurations = [sum("single", 1), sum("fork", 2), sum("fork", 4), stress("fork", 4)]

  /// Times that change by a part of the first from round to round; operations go the other way.
  private func value(_ configuration: Configuration, _ round: Int, slope: Double) -> Double {
    let slowness = 1 + slope * Double(round)
    return configuration.upTo == nil ? 1e12 / slowness : 1e9 / Double(configuration.workers) * slowness
  }

  @Test(
    "drift is how much the machine sped up or slowed down from the first round to the last",
    arguments: [0.01, -0.02])
  func known(slope: Double) throws {
    let analysis = RunAnalysis(
      run(configurations, rounds: 11) { self.value($0, $1, slope: slope) })
    let drift = try #require(analysis.drift)
    // The times are over the median, which is that of round 5.
    #expect(abs(drift.change - 10 * slope / (1 + 5 * slope)) < 1e-6)
    #expect(drift.rounds == 11 && drift.isShown && drift.pValue < 0.001)
  }

  @Test("drift is found despite noise, outliers and failed trials, and with a single configuration")
  func noisy() throws {
    var generator = SplitMix64(seed: 63)
    for count in [1, 4] {
      let run = run(Array(configurations.prefix(count)), rounds: 20) { configuration, round in
        if round == 7 || Int.random(in: 0..<10, using: &generator) == 0 { return nil }
        let far = Int.random(in: 0..<15, using: &generator) == 0 ? 3.0 : 1
        return self.value(configuration, round, slope: 0.005) * noise(0.01, &generator) * far
      }
      let drift = try #require(RunAnalysis(run).drift)
      #expect(drift.isShown && (0.05...0.14).contains(drift.change))
    }
  }

  @Test("drift is reported in at most 5 % of 200 runs that have none, within chance")
  func none() throws {
    var (generator, alarms) = (SplitMix64(seed: 64), 0)
    for _ in 0..<200 {
      let run = run([sum("single", 1), stress("single", 1)], rounds: 12) { configuration, _ in
        self.value(configuration, 0, slope: 0) * noise(0.05, &generator)
      }
      if try #require(RunAnalysis(run).drift).isShown { alarms += 1 }
    }
    #expect(alarms <= 16, "\(alarms) of 200")
  }

  @Test("drift is undefined for fewer than four counted rounds, and zero if all times are equal")
  func undefined() throws {
    #expect(RunAnalysis(run(configurations, rounds: 3) { self.value($0, $1, slope: 1) }).drift == nil)
    #expect(
      RunAnalysis(run(configurations, rounds: 9) { $1 < 3 ? self.value($0, $1, slope: 1) : nil }).drift == nil
    )
    let equal = try #require(RunAnalysis(run(configurations, rounds: 4) { _, _ in 1e6 }).drift)
    #expect(equal.change == 0 && equal.pValue == 1 && !equal.isShown)
  }
}
