import Formatting
import Records

/// Returns the live view of a fleet as lines for a terminal: the instances that answer, the group over time, the traffic
/// against the objective, and the last decisions and events.
///
/// If the terminal is too low, the least important lines are left out, and instances without a line of their own are counted in
/// one; if it is too narrow, the least important columns.
///
/// - Parameters:
///   - record: The record so far.
///   - status: The last status of the front; `nil` if it has not answered yet.
///   - earlier: The status before it, for the rates of the instances (default: that of the record, if it is older).
///   - width: The most characters per line.
///   - height: The most lines.
///   - isColoured: Whether to colour the lines with terminal codes.
public func fleetFrame(
  of record: FleetRecord, _ status: FrontStatus?, since earlier: FrontStatus? = nil, width: Int, height: Int,
  isColoured: Bool
) -> [String] {
  FleetFrame(record, status, since: earlier ?? record.front, width: width, height: height)
    .lines(isColoured: isColoured)
}

/// A frame of the live view.
struct FleetFrame {
  /// The width of the names at the start of lines.
  static let margin = 12
  /// The time in nanoseconds that the charts cover.
  private static let window: UInt64 = 180_000_000_000

  /// The kinds of lines, in the order in which they are shown.
  private enum Line: CaseIterable {
    case title, failure, titles, instance, firstBlank, group, desired, inService, secondBlank, traffic, jobs,
      rate, latency, thirdBlank, decision, event
  }

  /// The kinds of lines, the most important first: one entry per line. Lines that do not fit are left out from the end.
  private static let priorities: [Line] =
    [.title, .failure, .group, .traffic, .titles, .instance, .instance, .instance, .decision, .event, .jobs]
    + [.inService, .rate, .latency, .desired, .instance, .instance, .instance]
    + [.firstBlank, .secondBlank, .thirdBlank, .decision, .event, .event, .instance, .instance, .instance]
    + [.decision, .event, .event]

  private let record: FleetRecord
  private let status: FrontStatus?
  private let rows: FleetInstances
  private let width: Int
  private let height: Int

  init(_ record: FleetRecord, _ status: FrontStatus?, since earlier: FrontStatus?, width: Int, height: Int) {
    (self.record, self.status, self.width, self.height) = (record, status, max(0, width), height)
    rows = FleetInstances(record, status, since: earlier)
  }

  /// Returns the lines.
  func lines(isColoured: Bool) -> [String] {
    let decisions = decisionLines()
    let counts = counts(decisions: decisions.count)
    return Line.allCases.flatMap { line -> [(text: String, colour: Colour?)] in
      guard let count = counts[line], count > 0 else { return [] }
      switch line {
      case .title: return [(title, .bold)]
      case .failure: return [(record.failure ?? "", .red)]
      case .titles: return []
      case .instance: return rows.lines(count, hasTitles: counts[.titles] != nil, width: width)
      case .firstBlank, .secondBlank, .thirdBlank: return [("", nil)]
      case .group: return [(groupText, nil)]
      case .desired, .inService, .rate, .latency: return [(strip(of: line), .cyan)]
      case .traffic: return [(trafficText, isLate ? .red : nil)]
      case .jobs: return [(jobsText, nil)]
      case .decision: return decisions.suffix(count).enumerated().map { (named("decisions", $0, $1), nil) }
      case .event:
        return record.events.suffix(count).enumerated().map { position, event in
          (named("events", position, text(of: event)), event.kind.isFault ? .red : nil)
        }
      }
    }.map { line in
      let text = fittedLine(line.text, width)
      return isColoured && !text.isEmpty ? line.colour?.applied(to: text) ?? text : text
    }
  }

  /// Returns the number of lines of each kind that fit: first by priority, then more instances and events.
  private func counts(decisions: Int) -> [Line: Int] {
    func most(_ line: Line) -> Int {
      switch line {
      case .failure: record.failure == nil ? 0 : 1
      case .titles: rows.count == 0 ? 0 : 1
      case .instance: rows.count
      case .jobs: jobs == nil ? 0 : 1
      case .desired, .inService, .rate: record.points.isEmpty ? 0 : 1
      case .latency: record.points.contains { $0.latency != nil } ? 1 : 0
      case .decision: decisions
      case .event: record.events.count
      default: 1
      }
    }
    var counts: [Line: Int] = [:]
    var left = max(1, height)
    let further =
      [Line](repeating: .instance, count: min(left, rows.count)) + Array(repeating: .event, count: left)
    for line in Self.priorities + further where left > 0 && counts[line, default: 0] < most(line) {
      counts[line, default: 0] += 1
      left -= 1
    }
    return counts
  }
}

/// Text lines.
extension FleetFrame {
  private var settings: FleetRecord.Settings { record.settings }
  private var percentile: String { "p\(Readable.plain(settings.objective.percentile))" }
  private var jobs: FrontStatus.Jobs? { status?.jobs ?? record.points.last?.jobs }
  private var isLate: Bool { record.points.last?.latency.map { $0 > settings.objective.time } ?? false }

  private var title: String {
    let time = max(record.points.last?.time ?? 0, record.events.last?.time ?? 0, record.duration)
    return parts([
      ("fleet \(fleetClock(nanoseconds: time))", 0), (settings.policy, 1),
      ("\(Readable.cores(settings.share)) each", 4),
      ("time × \(Readable.plain(settings.timeScale))", 3),
      ("front \(settings.front)", 2), ("model \(settings.model)", 5),
    ])
  }

  private var groupText: String {
    let last = record.points.last
    func part(_ name: String, _ count: Int) -> (String, Int) { ("\(name) \(count)", count == 0 ? 3 : 1) }
    let unhealthy = last?.unhealthy ?? 0
    return named(
      "group", 0,
      parts(
        [
          ("min \(settings.min)", 2), ("desired \(last?.desired ?? settings.desired)", 0),
          ("max \(settings.max)", 2), ("in service \(last?.inService ?? 0)", 0),
          part("starting", last?.starting ?? 0), part("draining", last?.draining ?? 0),
        ] + (unhealthy > 0 ? [("unhealthy \(unhealthy)", 0)] : []), margin: Self.margin))
  }

  private var trafficText: String {
    let last = record.points.last
    let latency = last?.latency.map { Readable.duration(nanoseconds: Double($0)) } ?? "-"
    let limit = Readable.duration(nanoseconds: Double(settings.objective.time))
    let failed = status?.failed ?? record.front?.failed ?? 0
    return named(
      "traffic", 0,
      parts(
        [
          ("\(Readable.grouped((last?.rate ?? 0).rounded()))/s", 0), ("\(percentile) \(latency)", 0),
          ("objective ≤ \(limit)", 2), ("\(failed) failed", failed > 0 ? 1 : 3),
        ], margin: Self.margin))
  }

  private var jobsText: String {
    guard let jobs else { return "" }
    return named(
      "jobs", 0,
      parts(
        [
          ("\(jobs.waiting) waiting", 0), ("\(jobs.running) running", 0), ("\(jobs.done) done", 1),
          ("\(jobs.redelivered) given out again", jobs.redelivered > 0 ? 2 : 3),
        ], margin: Self.margin))
  }

  /// Returns the last decisions that changed the group or differ from the one before, oldest first.
  private func decisionLines() -> [String] {
    var lines: [String] = []
    var earlier: FleetRecord.Decision?
    // Only the last ones have room.
    for decision in record.decisions.suffix(1000) {
      let isChange = decision.desired != decision.sample.current
      defer { earlier = decision }
      if !isChange, let earlier, earlier.desired == decision.desired, earlier.wanted == decision.wanted,
        earlier.limitedBy == decision.limitedBy
      {
        continue
      }
      let time = fleetClock(nanoseconds: record.wallNanoseconds(of: decision))
      let change = isChange ? "\(decision.sample.current) → \(decision.desired)" : "\(decision.desired)"
      lines.append("\(time) \(change): \(decision.reason)")
    }
    return lines.suffix(max(1, height))
  }

  private func text(of event: FleetRecord.Event) -> String {
    let detail = event.detail.isEmpty ? "" : ": \(event.detail)"
    return
      "\(fleetClock(nanoseconds: event.time)) \([event.instance, event.kind.phrase].compactMap(\.self).joined(separator: " "))\(detail)"
  }

  /// Returns a text after its name. Of several lines, only the first has the name.
  private func named(_ name: String, _ position: Int, _ text: String) -> String {
    let name = position == 0 ? name : ""
    return name + String(repeating: " ", count: Self.margin - name.count) + text
  }

  /// Returns phrases in a row. If they do not fit, those of the highest ranks are left out, but never those of rank 0.
  private func parts(_ phrases: [(text: String, rank: Int)], margin: Int = 0) -> String {
    var kept = phrases
    while true {
      let text = kept.map { Readable.line($0.text) }.joined(separator: ", ")
      let highest = kept.map(\.rank).max() ?? 0
      if text.count <= width - margin || highest == 0 { return text }
      kept.removeAll { $0.rank == highest }
    }
  }

  /// Returns a quantity of the last minutes, a character per sample or per several.
  private func strip(of line: Line) -> String {
    guard let end = record.points.last?.time else { return "" }
    let points = record.points.drop { $0.time < end - min(end, Self.window) }
    func counts(_ count: (FleetRecord.Point) -> Int) -> [Double?] { points.map { Double(count($0)) } }
    let most = points.map { max($0.desired, $0.inService) }.max() ?? 0
    let strip: TextStrips.Strip
    switch line {
    case .desired:
      strip = .init("desired", counts(\.desired), upTo: Double(most)) { Readable.fixed($0, decimals: 0) }
    case .inService:
      strip = .init("in service", counts(\.inService), upTo: Double(most)) { Readable.fixed($0, decimals: 0) }
    case .rate:
      strip = .init("requests/s", points.map(\.rate)) { Readable.grouped($0.rounded()) }
    default:
      strip = .init(percentile, points.map { $0.latency.map { Double($0) } }) {
        Readable.duration(nanoseconds: $0)
      }
    }
    let suffix = width < 50 ? "" : "  at most \(strip.text)"
    let room = min(points.count, width - Self.margin - suffix.count)
    return room < 1 ? "" : named(strip.label, 0, TextStrips.course(of: strip, room) + suffix)
  }
}
