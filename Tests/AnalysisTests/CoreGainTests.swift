import Analysis
import Records
import Testing

struct CoreGainTests {
  private func placed(_ workers: Int, _ placement: String?) -> Configuration {
    Configuration(model: "threads", workload: "sum", workers: workers, placement: placement, upTo: 999_999)
  }

  /// A run with the regions of each configuration, in six rounds that are slower and slower.
  private func analysis(
    _ configurations: [Configuration], _ regions: [UInt64], kinds: [String] = []
  ) -> RunAnalysis {
    let times = Dictionary(uniqueKeysWithValues: zip(configurations, regions))
    var run = run(configurations, rounds: 6) { configuration, round in
      times[configuration].map { Double($0 * UInt64(10 + round)) }
    }
    run.passport.topology = .init(kinds: kinds.map { .init(name: $0, cpus: 2) })
    return RunAnalysis(run)
  }

  @Test("the second CPUs of the cores add what all CPUs are faster than one on each core")
  func siblings() throws {
    let analysis = analysis([sum("single", 1), placed(4, nil), placed(2, "cores")], [1000, 400, 500])
    let gain = try #require(analysis.siblingGain)
    #expect(gain.factor == 1.25 && gain.configuration.workers == 4 && gain.reference.workers == 2)
    #expect(try #require(gain.interval).lower == 1.25)
    #expect(analysis.kindGains == [])
  }

  @Test("without one of the two configurations nothing is said about second CPUs")
  func noSiblings() {
    #expect(analysis([sum("single", 1), placed(4, nil)], [1000, 400]).siblingGain == nil)
    #expect(analysis([sum("single", 1), placed(2, "cores")], [1000, 400]).siblingGain == nil)
    #expect(analysis([placed(4, nil), placed(4, "cores")], [1000, 400]).siblingGain == nil)
  }

  @Test("kinds of core are compared by the speed of one core with the first kind")
  func kinds() {
    let configurations = [placed(2, "performance"), placed(4, "efficiency")]
    let gains = analysis(configurations, [400, 400], kinds: ["performance", "efficiency"]).kindGains
    #expect(gains.map(\.factor) == [0.5] && gains.map(\.configuration.placement) == ["efficiency"])
    #expect(
      analysis(configurations, [400, 400], kinds: ["performance", "middle", "efficiency"]).kindGains == [])
    #expect(analysis(configurations, [400, 400]).kindGains == [])
  }
}
