import Analysis
import Formatting
import Records

/// Returns a chart of the throughput of several machines for each workload and kernel that at least two of them have.
func machinePictures(of runs: [AnalysedRun]) -> [Picture] {
  var seen: Set<[String]> = []
  let works = runs.flatMap { run in
    run.analysis.workloads.flatMap { table in table.kernels.map { [table.workload, $0] } }
  }.filter { seen.insert($0).inserted }
  return works.compactMap { work in
    let chart = machineChart(of: runs, workload: work[0], kernel: work[1])
    return chart.series.count > 1 ? Picture(.machines, of: work.joined(separator: " "), chart.drawing) : nil
  }
}

/// Returns a chart of the rate of the suite's fastest model by number of workers, one line per machine.
private func machineChart(of runs: [AnalysedRun], workload: String, kernel: String) -> LineChart {
  let series = runs.enumerated().compactMap { style, run -> LineChart.Series? in
    let rows = run.analysis.workloads.filter { $0.workload == workload }.flatMap(\.rows).filter {
      $0.configuration.kernel == kernel && $0.configuration.isPeer != true
    }
    let rates = Dictionary(grouping: rows, by: \.configuration.workers).compactMap { workers, rows in
      rows.map(\.rate.median).max().map {
        LineChart.Measure(workers: Double(workers), value: $0, interval: nil)
      }
    }
    if rates.isEmpty { return nil }
    return .init(
      name: run.place ?? run.record.host, style: style, measures: rates.sorted { $0.workers < $1.workers })
  }
  return LineChart(
    title: Readable.line("Throughput: \(workload), \(kernel) kernel"),
    subtitle: "numbers or operations per second of the fastest model", workersAxis: .linear, series: series,
    ideal: [], text: { $0 == 0 ? "0" : trimmed(Readable.large($0)) })
}
