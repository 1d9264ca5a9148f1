import Analysis
import Formatting
import Records

/// On which machines a launcher started processes, and how busy each was.
extension WorkloadAnalysis {
  /// The most rows: of more machines the first are shown.
  private static let mostRows = 32

  /// A row for every machine of every configuration; `nil` where no launcher was used.
  var hostSection: Section? {
    let entries = rows.flatMap { row in row.hosts.map { (row, $0) } }
    if entries.isEmpty { return nil }
    let cells = entries.prefix(Self.mostRows).map { row, host in
      [
        name(of: row.configuration, workers: row.configuration.workers), host.name, "\(host.ranks)",
        "\(host.cores)",
        Readable.fixed(host.busyCores, decimals: 2), Readable.percent(host.utilization),
        host.clockError.map { "±\(Readable.duration(nanoseconds: Double($0)))" } ?? "-",
      ]
    }
    let columns = [Table.Column("what"), Table.Column("machine", isText: true)]
    let measures = ["ranks", "cores", "busy cores", "utilization"].map { Table.Column($0) }
    let more = entries.count - Self.mostRows
    return Section(
      title: "the machines that worked on \(Readable.line(workload))",
      table: Table(columns: columns + measures + [Table.Column("clock", rank: 1)], rows: cells),
      lines: more > 0 ? ["\(more) more are in the saved run."] : [])
  }
}

extension ConfigurationAnalysis {
  /// The processes of a launcher and the threads of each; `nil` where there is no launcher.
  var rankText: String? {
    let threads = configuration.threadsPerRank ?? 1
    return hosts.isEmpty ? nil : "\(configuration.workers / max(1, threads)) × \(threads)"
  }
}
