import Foundation
import Records
import Testing

/// The status of a front as text, without Foundation.
@Suite struct FrontStatusTests {
  private static let full: FrontStatus = {
    var latency = LatencyHistogram()
    for time: UInt64 in [0, 1, 2_047, 2_048, 1_000_000, 7_200_000_000_000] { latency.record(time) }
    let targets = FrontStatus.State.allCases.enumerated().map { index, state in
      FrontStatus.Target(
        name: "i-\(index)", state: state, since: UInt64(index), problem: index == 2 ? "no \"answer\"\n" : nil,
        inFlight: index, answered: .max, failed: 3)
    }
    return FrontStatus(
      time: .max, requests: 9, answered: 8, failed: 7, latency: latency, cpuTime: 6,
      jobs: .init(waiting: 1, running: 2, done: 3, failed: 5, redelivered: 4), problem: "lost \"Redis\"",
      targets: targets)
  }()

  @Test("the text and Codable's encoding decode to the same status")
  func sameValue() throws {
    for status in [Self.full, FrontStatus(time: 0), FrontStatus(time: 0, jobs: .init(done: 3))] {
      try check(status)
    }
  }

  private func check(_ status: FrontStatus) throws {
    let decoder = JSONDecoder()
    #expect(try decoder.decode(FrontStatus.self, from: Data(status.jsonText.utf8)) == status)
    let encoded = try JSONEncoder().encode(status)
    #expect(try decoder.decode(FrontStatus.self, from: encoded) == status)
    let (text, object) = (
      try JSONSerialization.jsonObject(with: Data(status.jsonText.utf8)) as? NSDictionary,
      try JSONSerialization.jsonObject(with: encoded) as? NSDictionary
    )
    #expect(text == object)
    #expect(!status.jsonText.contains("\n"))
  }

  @Test("a front fails open if a target is unhealthy and none is healthy")
  func failsOpen() {
    func status(_ states: FrontStatus.State...) -> FrontStatus {
      FrontStatus(time: 0, targets: states.map { .init(name: "i", state: $0, since: 0) })
    }
    #expect(status(.unhealthy, .starting, .drained).failsOpen)
    #expect(!status(.unhealthy, .healthy).failsOpen)
    #expect(!status(.starting, .draining).failsOpen)
    #expect(!status().failsOpen)
  }
}
