import ModelKit

/// Knows when each worker was last heard of, and finds those that have been silent for too long.
struct SilenceWatch {
  /// The reading of `Clock.monotonic` at the last waking.
  private(set) var now: UInt64

  private let limit: UInt64?
  /// Before that nobody has anything to report.
  private let earliestReport: UInt64
  /// `nil` for a worker of which nothing more is expected.
  private var heard: [UInt64?]
  private var nextSearch: UInt64

  /// Watches workers that have been given their work just now.
  init(over region: Region) {
    now = Clock.monotonic.now()
    limit = region.job.timeout
    earliestReport =
      switch region.job.extent {
      case .upTo: 0
      case .period(let length, _): region.start + length
      }
    heard = Array(repeating: now, count: region.job.workers)
    nextSearch = now
  }

  /// How long the parent may sleep; `nil` where it need not look for silent workers.
  var patience: UInt64? { limit.map { max($0 / 8, 1_000_000) } }

  /// Takes note of the time. When the parent has slept for longer than it wanted, it was stopped itself, and its workers
  /// may have been too: that is not laid to them.
  mutating func wake() {
    let slept = Clock.monotonic.now() - now
    now += slept
    guard let patience, slept > 2 * patience else { return }
    for worker in heard.indices { heard[worker]? += slept - patience }
  }

  /// Takes note that a worker has reported, or was given its work.
  mutating func hear(_ worker: Int) {
    heard[worker] = now
  }

  /// Expects nothing more of a worker.
  mutating func ignore(_ worker: Int) {
    heard[worker] = nil
  }

  /// The nanoseconds since a worker was heard of.
  func silence(of worker: Int) -> UInt64 {
    heard[worker].map { now - $0 } ?? 0
  }

  /// The workers that have been silent for too long; looks for them only as often as is worth it.
  mutating func findSilent() -> [Int] {
    guard let limit, let patience, now >= nextSearch else { return [] }
    nextSearch = now + patience
    return heard.indices.filter { worker in
      heard[worker].map { max($0, earliestReport) + limit <= now } ?? false
    }
  }
}
