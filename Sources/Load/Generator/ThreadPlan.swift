import HTTP

/// The part of a load run that one thread does.
struct ThreadPlan: Sendable {
  /// Everything that is asked of the run.
  let settings: LoadSettings
  /// The requests as they are sent.
  let requests: EncodedRequests
  /// The thread, from 0.
  let index: Int
  /// The control of the run.
  let control: RunControl
  /// The counts for a live view.
  let progress: ThreadProgress
  /// A connection that is open already; `nil` for all threads but the first.
  let first: FirstConnection.Handover?

  /// The time that is measured.
  var window: Range<UInt64> {
    let start = control.start + settings.warmUp
    return start..<start + settings.duration
  }

  /// The requests that are due.
  var due: DueRequests {
    let threads = settings.usedThreads
    guard let schedule = settings.schedule else {
      return DueRequests(closedLoopOf: index, of: threads, during: control.start..<window.upperBound)
    }
    return DueRequests(schedule.part(index, of: threads), from: control.start)
  }

  /// A parser for a new connection.
  var parser: ResponseParser {
    var limits = ResponseLimits()
    limits.head = Self.mostHead
    return ResponseParser(
      limits: limits, header: "X-Worker",
      keepsBody: settings.method == .get && settings.paths.entries.contains { $0.answer != nil },
      mostKept: Self.mostChecked)
  }

  /// The most bytes of a head. They fit into the receive buffer beside what arrives next.
  static let mostHead = 16 << 10
  /// The size of the receive buffer in bytes.
  static let bufferSize = 64 << 10
  /// The most bytes of a body that is checked: no answer is as long.
  private static let mostChecked = 64
}
