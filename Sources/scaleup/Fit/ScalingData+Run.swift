import Analysis
import Formatting
import Import
import Records
import Report

extension ScalingData {
  /// Makes the data of saved runs, a group for each model and workload, and for each kernel, schedule and placement of them. These are the trials
  /// to which reports fit laws.
  init(_ runs: [RunRecord]) {
    self.init()
    let analyses = runs.map { RunAnalysis($0) }
    for (run, analysis) in zip(runs, analyses) {
      let start = runs.count > 1 ? [Label("run", "\(run.host) \(run.startedAt)")] : []
      for workload in analysis.workloads {
        for scaling in workload.scalings {
          let labels = start + Label.all(of: scaling.configuration, workload)
          for sample in scaling.samples { add(sample, labels) }
        }
      }
    }
    let disturbed = analyses.reduce(0) { $0 + $1.disturbed }
    if disturbed > 0 { notes.append("\(Readable.count(disturbed, "disturbed trial")) left out.") }
    if analyses.contains(where: { $0.workloads.contains { $0.rows.contains(where: \.isOversubscribed) } }) {
      notes.append("Configurations with more workers than CPUs left out.")
    }
  }
}

extension ScalingData.Label {
  /// Returns what distinguishes a configuration from others of the same run. The kernel is absent if the workload has only
  /// one.
  fileprivate static func all(of configuration: Configuration, _ workload: WorkloadAnalysis) -> [Self] {
    let all: [(String, String?)] = [
      ("workload", configuration.workload), ("model", configuration.model),
      ("kernel", workload.kernels.count > 1 ? configuration.kernel : nil),
      ("schedule", configuration.schedule), ("grain", configuration.grain.map(String.init)),
      ("placement", configuration.placement), ("repetitions", configuration.repetitions.map(String.init)),
      ("threads per rank", configuration.threadsPerRank.map(String.init)),
    ]
    return all.compactMap { title, value in value.map { Self(title, $0) } }
  }
}
