import Analysis
import Formatting
import Records

extension WorkloadAnalysis {
  /// The most rows; further machines are not shown.
  private static let mostRows = 32

  /// The utilization of each machine that a launcher used, one row per configuration and machine; `nil` without a
  /// launcher.
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
    let columns = [Table.Column("configuration"), Table.Column("machine", isText: true)]
    let measures = ["ranks", "cores", "busy cores", "utilization"].map { Table.Column($0) }
    let more = entries.count - Self.mostRows
    return Section(
      title: "machines of \(Readable.line(workload))",
      table: Table(columns: columns + measures + [Table.Column("clock error", rank: 1)], rows: cells),
      lines: more > 0 ? ["The saved run has \(more) more rows."] : [])
  }
}

extension ConfigurationAnalysis {
  /// The number of processes of a launcher and of threads in each; `nil` without a launcher.
  var rankText: String? {
    let threads = configuration.threadsPerRank ?? 1
    return hosts.isEmpty ? nil : "\(configuration.workers / max(1, threads)) × \(threads)"
  }
}
