import Formatting
import Records

/// The comparison of workers in one machine with as many over several.
extension Section {
  /// Makes a row per configuration that was spread over machines; `nil` if none was.
  ///
  /// - Parameter names: The names of the runs, if there are several.
  init?(spreads: [ComparisonRecord.HostSpread], names: [String] = []) {
    if spreads.isEmpty { return nil }
    func what(_ spread: ComparisonRecord.HostSpread, _ which: Int) -> String {
      let configuration = spread.configurations[which]
      let run = names.count > 1 ? "\(names[spread.runs[which]]) " : ""
      let threads = configuration.threadsPerRank.map { " × \($0)" } ?? ""
      return run + configuration.model + threads + (variantText(of: configuration).map { " \($0)" } ?? "")
    }
    func speedup(_ spread: ComparisonRecord.HostSpread, _ which: Int) -> String {
      spread.speedups.map { Readable.fixed($0[which], decimals: 2) } ?? "-"
    }
    func work(_ spread: ComparisonRecord.HostSpread, _ which: Int) -> String {
      spread.workForMoney.map { Readable.large($0[which]) } ?? "-"
    }
    var columns: [(title: String, rank: Int, cell: (ComparisonRecord.HostSpread) -> String)] = [
      ("workload", 0, { $0.configurations[1].workName }), ("kernel", 1, { $0.configurations[1].kernel }),
      ("in one", 0, { what($0, 0) }), ("over several", 0, { what($0, 1) }),
      ("workers", 0, { "\($0.configurations[1].workers)" }), ("machines", 0, { "\($0.hosts)" }),
      ("speedup in one", 0, { speedup($0, 0) }), ("over several", 0, { speedup($0, 1) }),
      ("time ratio", 0, { $0.time.text }),
      ("communication", 1, { $0.communication.map(Readable.percent) ?? "-" }),
    ]
    if spreads.contains(where: { $0.workForMoney != nil }) {
      columns += [("for money in one", 1, { work($0, 0) }), ("over several", 1, { work($0, 1) })]
    }
    self.init(
      title: "the same workers on one machine and on several",
      table: Table(
        columns: columns.enumerated().map { Table.Column($1.title, rank: $1.rank, isText: $0 < 4) },
        rows: spreads.map { spread in columns.map { $0.cell(spread) } }))
  }
}
