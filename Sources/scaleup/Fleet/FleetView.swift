import Formatting
import Platform
import Records
import Report

/// The view of a fleet while it runs: live on the last lines of the terminal, or a line per event.
final class FleetView {
  private let isQuiet: Bool
  private let showsEvents: Bool
  /// The time over which the requests per second of an instance are counted, in nanoseconds.
  private static let rateTime: UInt64 = 2_000_000_000

  private var painted = PaintedLines()
  /// The statuses of that time, the oldest first.
  private var statuses: [FrontStatus] = []

  /// Makes a view; a quiet one shows nothing but the events that are asked for.
  init(showsEvents: Bool, isQuiet: Bool) {
    (self.showsEvents, self.isQuiet) = (showsEvents, isQuiet)
  }

  /// Prints the address at which the fleet serves.
  func announce(port: Int) {
    Notes(isQuiet: isQuiet).say(["serving http://127.0.0.1:\(port)/ (end with Ctrl-C)"])
  }

  /// Paints the current state, if there is a terminal.
  func show(_ record: FleetRecord, _ status: FrontStatus) {
    guard !isQuiet, !showsEvents, let size = Terminal.progressSize else { return }
    statuses = statuses.filter { $0.time + Self.rateTime >= status.time } + [status]
    let lines = fleetFrame(
      of: record, status, since: statuses.first, width: size.columns - 1, height: size.rows - 1,
      isColoured: Terminal.isColoured)
    painted.paint(lines, columns: size.columns)
  }

  /// Prints events.
  func show(_ events: [FleetRecord.Event]) {
    if !showsEvents || events.isEmpty { return }
    Terminal.show(events.map { Self.line($0) + "\n" }.joined(), waiting: 100_000_000)
  }

  /// Removes the view.
  func clear() {
    if isQuiet || showsEvents { return }
    painted.clear()
  }

  /// Returns an event as a line: the seconds, the instance or the group, the kind, and the detail.
  static func line(_ event: FleetRecord.Event) -> String {
    let kind = event.kind.rawValue.map { $0.isUppercase ? " \($0.lowercased())" : "\($0)" }.joined()
    let time = Readable.fixed(Double(event.time) / 1e9, decimals: 2)
    return Readable.line("\(time) s  \(event.instance ?? "group")  \(kind): \(event.detail)", limit: 500)
  }
}
