import Analysis
import Formatting
import Records

extension WorkloadAnalysis {
  /// The title of the table: the workload and the number of trials.
  var title: String {
    let extent = upTo.map { " 0…\(Readable.round($0))" } ?? ""
    let time = duration.map { " for \(Readable.duration(nanoseconds: Double($0)))" } ?? ""
    let counts = rows.map(\.trials)
    let trials = counts.min() == counts.max() ? "\(counts.first ?? 0)" : "up to \(counts.max() ?? 0)"
    let plural = trials == "1" ? "trial" : "trials"
    let kernel = kernels == ["scalar"] || kernels.count > 1 ? "" : ", \(Readable.line(kernels[0])) kernel"
    return "\(Readable.line(workload))\(extent)\(time)\(kernel), \(trials) \(plural)"
  }

  /// The meanings of the marks in the table, a line each.
  var notes: [String] {
    var lines: [String] = []
    if rows.contains(where: \.isOversubscribed) { lines.append("! more workers than effective CPUs") }
    if hasRestarts {
      lines.append(
        "Workers were lost and replaced (restarts); the times include what that cost.")
    }
    for (model, answer) in inexactAnswers {
      let error = answer.relativeError.map { ", a relative error of \(Readable.scientific($0))" } ?? ""
      lines.append(Readable.line("~ \(model) computed \(answer.found) instead of \(answer.right)\(error)"))
    }
    for (model, upTo) in ownAmounts {
      lines.append(
        Readable.line(
          "* \(model) has N = \(Readable.round(upTo)), because it is slow; its speedup compares rates"))
    }
    return lines
  }

  private var inexactAnswers: [(String, InexactAnswer)] {
    once(rows.compactMap { row in row.inexactAnswer.map { (row.configuration.model, $0) } })
  }

  private var ownAmounts: [(String, UInt64)] {
    once(
      rows.compactMap { row in
        row.configuration.upTo.flatMap { $0 == upTo ? nil : (row.configuration.model, $0) }
      })
  }

  /// The first entry of every model.
  private func once<Value>(_ entries: [(String, Value)]) -> [(String, Value)] {
    var seen: Set<String> = []
    return entries.filter { seen.insert($0.0).inserted }
  }
}
