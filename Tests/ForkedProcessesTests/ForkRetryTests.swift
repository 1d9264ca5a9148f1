import Platform
import Testing

@testable import ForkedProcesses

/// When a worker that could not be forked again is tried again.
struct ForkRetryTests {
  @Test("the delays double up to a limit, and the worker is given up after a minute")
  func delays() throws {
    var now: UInt64 = 7_000_000_000
    let begin = now
    var retry = ForkRetry(deaths: 3, at: now)
    var delays: [UInt64] = []
    while true {
      delays.append(retry.next - now)
      now = retry.next
      guard let later = retry.postponed(at: now) else { break }
      #expect(later.deaths == 3)
      retry = later
    }
    #expect(delays.prefix(8).map { $0 / 1_000_000 } == [50, 100, 200, 400, 800, 1600, 3200, 5000])
    #expect(delays.dropFirst(8).allSatisfy { $0 == ForkRetry.delays.upperBound })
    #expect(now - begin >= ForkRetry.limit && now - begin < ForkRetry.limit + ForkRetry.delays.upperBound)
  }
}
