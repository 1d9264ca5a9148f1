import ModelKit

/// The time of each worker's last report, to find workers that have been silent for too long.
struct SilenceWatch {
  /// The reading of `Clock.monotonic` when the parent last woke up.
  private(set) var now: UInt64

  private let limit: UInt64?
  /// The earliest time at which a report can come.
  private let earliestReport: UInt64
  /// The time of each worker's last report; `nil` if no more is expected from it.
  private var lastReports: [UInt64?]
  private var nextSearch: UInt64

  /// Watches workers that begin a region now.
  init(over region: Region) {
    now = Clock.monotonic.now()
    limit = region.job.timeout
    earliestReport =
      switch region.job.extent {
      case .upTo: 0
      case .period(let length, _): region.start + length
      }
    lastReports = Array(repeating: now, count: region.job.workers)
    nextSearch = now
  }

  /// The longest time that the parent may sleep, in nanoseconds; `nil` if there is no timeout.
  var patience: UInt64? { limit.map { max($0 / 8, 1_000_000) } }

  /// Reads the clock. A parent that slept for much longer than its patience was stopped itself, and its workers may have
  /// been too: that time does not count as silence.
  mutating func wake() {
    let slept = Clock.monotonic.now() - now
    now += slept
    guard let patience, slept > 2 * patience else { return }
    for worker in lastReports.indices { lastReports[worker]? += slept - patience }
  }

  /// Notes that a worker has reported, or has begun.
  mutating func hear(_ worker: Int) {
    lastReports[worker] = now
  }

  /// Expects nothing more from a worker.
  mutating func ignore(_ worker: Int) {
    lastReports[worker] = nil
  }

  /// Returns the time since a worker's last report, in nanoseconds.
  func silence(of worker: Int) -> UInt64 {
    lastReports[worker].map { now - $0 } ?? 0
  }

  /// Returns the workers that have been silent for longer than the timeout. Looks for them once per `patience`, because
  /// every look passes over all workers.
  mutating func findSilent() -> [Int] {
    guard let limit, let patience, now >= nextSearch else { return [] }
    nextSearch = now + patience
    return lastReports.indices.filter { worker in
      lastReports[worker].map { max($0, earliestReport) + limit <= now } ?? false
    }
  }
}
