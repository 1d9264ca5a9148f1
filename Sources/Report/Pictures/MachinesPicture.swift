import Analysis
import Formatting
import Records

/// Returns a chart of the throughput of several machines for each workload and kernel that at least two of them have.
func machinePictures(of runs: [AnalysedRun]) -> [Picture] {
  if runs.count < 2 { return [] }
  var seen: Set<[String]> = []
  let works = runs.flatMap { run in
    run.analysis.workloads.filter { $0.traffic == nil }.flatMap { table in
      table.kernels.map { [table.workload, $0] }
    }
  }.filter { seen.insert($0).inserted }
  let rows = runs.map { run in
    Dictionary(
      grouping: run.analysis.workloads.flatMap(\.rows).filter { $0.configuration.isPeer != true },
      by: { [$0.configuration.workName, $0.configuration.kernel] })
  }
  return works.compactMap { work in
    let series = runs.indices.compactMap { line(of: runs[$0], rows[$0][work] ?? [], style: $0) }
    guard series.count > 1 else { return nil }
    return Picture(.machines, of: work.joined(separator: " "), machineChart(work, series).drawing)
  }
}

/// Returns the line of a machine: the rate of its fastest model by number of workers; `nil` without rows.
private func line(of run: AnalysedRun, _ rows: [ConfigurationAnalysis], style: Int) -> LineChart.Series? {
  let rates = Dictionary(grouping: rows, by: \.configuration.workers).compactMap { workers, rows in
    rows.map { $0.bandwidth ?? $0.rate.median }.max().map {
      LineChart.Measure(workers: Double(workers), value: $0, interval: nil)
    }
  }
  if rates.isEmpty { return nil }
  return .init(
    name: run.place ?? run.record.host, style: style, measures: rates.sorted { $0.workers < $1.workers })
}

/// Returns a chart of the throughputs of a workload and a kernel.
private func machineChart(_ work: [String], _ series: [LineChart.Series]) -> LineChart {
  LineChart(
    title: Readable.line("Throughput: \(work[0]), \(work[1]) kernel"),
    subtitle: "numbers, operations or bytes of memory per second of the fastest model", workersAxis: .linear,
    series: series,
    ideal: [], text: { $0 == 0 ? "0" : trimmed(Readable.large($0)) })
}
