import Formatting
import Records

/// The instances of a fleet that have not ended, for the live view.
struct FleetInstances {
  /// An instance.
  private struct Row {
    let instance: FleetRecord.Instance
    let state: String
    let rate: Double?
    let utilization: Double?
    let target: FrontStatus.Target?
  }

  private let rows: [Row]

  /// The number of instances.
  var count: Int { rows.count }

  /// Combines the record of a fleet and the status of its front.
  ///
  /// - Parameter earlier: The status before the last one, for the rates.
  init(_ record: FleetRecord, _ status: FrontStatus?, since earlier: FrontStatus?) {
    func byName(_ status: FrontStatus?) -> [String: FrontStatus.Target] {
      Dictionary((status?.targets ?? []).map { ($0.name, $0) }) { _, last in last }
    }
    let (targets, before) = (byName(status), byName(earlier))
    let seconds = Double(status?.time ?? 0) / 1e9 - Double(earlier?.time ?? 0) / 1e9
    let samples = Dictionary(
      (record.decisions.last?.sample.instances ?? []).map { ($0.name, $0) }
    ) { _, last in last }
    rows = record.instances.filter { $0.ended == nil }.map { instance in
      let target = targets[instance.name]
      let answers = target.map { target in
        Double(target.answered) - Double(before[instance.name]?.answered ?? 0)
      }
      let sample = samples[instance.name]
      return Row(
        instance: instance, state: Self.state(of: instance, target, hasStatus: status != nil),
        rate: earlier != nil && seconds > 0 ? answers.map { max(0, $0 / seconds) } : nil,
        utilization: sample.flatMap { sample in
          sample.usedCores.flatMap { sample.cores > 0 ? $0 / sample.cores : nil }
        }, target: target)
    }
  }

  private static func state(
    of instance: FleetRecord.Instance, _ target: FrontStatus.Target?, hasStatus: Bool
  ) -> String {
    switch target?.state {
    case .healthy: "in service"
    case .unhealthy: "unhealthy"
    case .draining: "draining"
    case .drained: "drained"
    case .starting: "starting"
    // A front without a status says nothing; one that has forgotten an instance waits for its end.
    case nil: instance.inService == nil ? "starting" : hasStatus ? "ending" : "in service"
    }
  }

  /// Returns a line per instance, at most `most`. If there are too few, the oldest instances are counted in the last line.
  func lines(_ most: Int, hasTitles: Bool, width: Int) -> [(text: String, colour: Colour?)] {
    let own = rows.count <= most ? rows.count : max(0, most - 1)
    let shown = rows.suffix(own)
    let isNarrow = width < 50
    // The bar takes the space that the other columns leave.
    let bar = width < 70 ? 0 : min(20, width - 66)
    let columns = [
      Table.Column("name"), Table.Column("version", rank: 4), Table.Column("state", isText: true),
      Table.Column(isNarrow ? "rate" : "requests/s", rank: 1),
      Table.Column("utilization", rank: 2, isText: bar > 0),
      Table.Column("in flight", rank: 3), Table.Column("failures", rank: 5),
    ]
    let table = Table(
      columns: columns,
      rows: shown.map { row in
        [
          row.instance.name, "\(row.instance.template)", row.state,
          row.rate.map { Readable.grouped($0.rounded()) + (isNarrow ? "/s" : "") } ?? "-",
          Self.bar(row.utilization, width: bar), row.target.map { "\($0.inFlight)" } ?? "-",
          "\(row.target?.failed ?? row.instance.failed)",
        ]
      })
    let lines = table.lines(width: width)
    let titles = hasTitles ? lines.prefix(1).map { (text: $0, colour: Colour?.some(.quiet)) } : []
    let instances = zip(lines.dropFirst(), shown).map { (text: $0, colour: Self.colour(of: $1.state)) }
    return titles + instances + (own < rows.count ? [(folded(rows.dropLast(own)), nil)] : [])
  }

  private static func bar(_ part: Double?, width: Int) -> String {
    guard let part else { return "-" }
    let percent = Readable.fixed(100 * part, decimals: 0)
    if width == 0 { return "\(percent) %" }
    let filled = Int((min(max(0, part), 1) * Double(width)).rounded())
    return String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
      + String(repeating: " ", count: max(1, 4 - percent.count)) + "\(percent) %"
  }

  private static func colour(of state: String) -> Colour? {
    switch state {
    case "in service": nil
    case "unhealthy": .red
    case "starting": .yellow
    default: .quiet
    }
  }

  /// Returns the line of the instances that have none of their own.
  private func folded(_ rest: ArraySlice<Row>) -> String {
    let states = ["in service", "starting", "unhealthy", "draining", "drained", "ending"].compactMap {
      state in
      let count = rest.count { $0.state == state }
      return count == 0 ? nil : "\(count) \(state)"
    }
    let rates = rest.compactMap(\.rate)
    let rate = rates.isEmpty ? "" : ", \(Readable.grouped(rates.reduce(0, +).rounded()))/s"
    return "and \(rest.count) more: \(states.joined(separator: ", "))\(rate)"
  }
}
