import Analysis
import Records
import TestSupport
import Testing

struct AsFastTests {
  /// The fastest, and those that cannot be told from it.
  private func leaders(_ configurations: [Configuration], rounds: Int = 15, _ times: [Double])
    -> Set<Configuration>
  {
    var generator = SplitMix64(seed: 67)
    let scatter = (0..<rounds).map { _ in times.map { _ in noise(0.02, &generator) } }
    let analysis = RunAnalysis(
      run(configurations, rounds: rounds) { configuration, round in
        configurations.firstIndex(of: configuration).map { times[$0] * 1e6 * scatter[round][$0] }
      })
    let all = analysis.fastest.map { [$0.row] + $0.tied } ?? []
    return Set(all.map(\.configuration))
  }

  @Test("models are tied with the fastest if their times in the same rounds do not differ")
  func found() {
    let all = [sum("single", 1), sum("fork", 2), sum("dispatch", 2), sum("threads", 2), sum("taskgroup", 4)]
    #expect(leaders(all, [800, 400, 401, 450, 400.5]) == [all[1], all[2], all[4]])
    #expect(leaders(all, [800, 400, 500, 450, 600]) == [all[1]])
  }

  @Test("a model is tied by its fastest configuration, and the fastest model is never in its own list")
  func models() {
    let all = [sum("fork", 2), sum("fork", 4), sum("threads", 1), sum("threads", 2), sum("threads", 4)]
    #expect(leaders(all, [400, 400.5, 900, 600, 402]) == [all[1], all[4]])
  }

  @Test("tied models run the same kernel and are not peers")
  func comparable() {
    let peer = Configuration(model: "rust", isPeer: true, workload: "sum", workers: 2, upTo: 999_999)
    #expect(leaders([sum("fork", 2), sum("threads", 2, kernel: "simd"), peer], [400, 400, 400]).count == 1)
  }

  @Test("fewer than five rounds name no tied models, and no model is tested")
  func few() {
    let both = [sum("fork", 2), sum("threads", 2)]
    #expect(leaders(both, rounds: 4, [400, 400]).count == 1)
    #expect(leaders(both, rounds: 5, [400, 400]).count == 2)
    for rounds in [4, 5] {
      let leader = RunAnalysis(run(both, rounds: rounds) { _, _ in 1e6 }).fastest
      #expect(leader?.isTested == (rounds == 5) && leader?.speedupInterval == nil)
    }
  }

  @Test("ties are those of the kernel, with vectors too")
  func vectors() throws {
    let all = [sum("single", 1), sum("fork", 2, kernel: "simd"), sum("threads", 2, kernel: "simd")]
    var generator = SplitMix64(seed: 69)
    let analysis = RunAnalysis(
      run(all, rounds: 9) { configuration, _ in
        (configuration.model == "single" ? 1e9 : 1e8) * noise(0.02, &generator)
      })
    let leader = try #require(analysis.fastestWithVectors)
    #expect(leader.isTested && leader.tied.count == 1)
    #expect(try #require(leader.speedupInterval).contains(10))
    #expect(try #require(leader.row.overScalar) > 9.8)
  }
}
