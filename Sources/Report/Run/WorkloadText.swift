import Analysis
import Formatting
import Records

extension WorkloadAnalysis {
  /// The title of the table: the workload and the number of trials.
  var title: String {
    let extent = arraysText ?? upTo.map { " 0…\(Readable.round($0))" } ?? ""
    let time = duration.map { " for \(Readable.duration(nanoseconds: Double($0)))" } ?? ""
    let counts = rows.map(\.trials)
    let trials = counts.min() == counts.max() ? "\(counts.first ?? 0)" : "up to \(counts.max() ?? 0)"
    let plural = trials == "1" ? "trial" : "trials"
    let kernel = kernels == ["scalar"] || kernels.count > 1 ? "" : ", \(Readable.line(kernels[0])) kernel"
    return "\(Readable.line(workload))\(trafficText)\(extent)\(time)\(kernel), \(trials) \(plural)"
  }

  /// The arrays in the title of the table; `nil` for any workload but `memory`.
  var arraysText: String? {
    size.map { size in
      let arrays = ", 3 arrays of \(Readable.memory(bytes: size))"
      if case .cache(let level) = place { return "\(arrays) (fit in L\(level))" }
      return arrays
    }
  }

  /// A line if the bandwidth is not that of memory alone and the title does not say so.
  private var placeNote: String? {
    switch place {
    case .partly(let level):
      "The arrays are less than 4 times the L\(level) caches: part of this bandwidth is that of the caches."
    case .unknown: "The sizes of the caches are unknown: part of this bandwidth may be that of the caches."
    case .memory, .cache, nil: nil
    }
  }

  /// The meanings of the marks in the table, a line each.
  var notes: [String] {
    var lines: [String] = []
    if rows.contains(where: \.isOversubscribed) { lines.append("! more workers than effective CPUs") }
    lines += serviceNotes + commandNotes + [placeNote].compactMap(\.self)
    if hasRestarts {
      lines.append(
        "Workers were lost and replaced (restarts); the times include what that cost.")
    }
    for (model, answer) in inexactAnswers {
      let error = answer.relativeError.map { ", a relative error of \(Readable.scientific($0))" } ?? ""
      lines.append(Readable.line("~ \(model) computed \(answer.found) instead of \(answer.right)\(error)"))
    }
    if rows.contains(where: \.measured.isDisturbed) {
      lines.append(
        "? every trial was disturbed by other programs: the time is shown, but not compared")
    }
    if let amounts = otherAmounts {
      lines.append(
        Readable.line(
          "* N is \(amounts); speedups compare rates", limit: 1000
        ))
    }
    return lines
  }

  private var inexactAnswers: [(String, InexactAnswer)] {
    once(rows.compactMap { row in row.inexactAnswer.map { (row.configuration.model, $0) } })
  }

  /// The N that differ from the title's, each with the peer, kernel and worker counts that have it; `nil` if none does.
  private var otherAmounts: String? {
    // Rows of `memory` show a bandwidth, whatever their number of steps.
    if operation != nil { return nil }
    let others = rows.map(\.configuration).filter { $0.upTo != upTo && $0.upTo != nil }
    let byAmount = Dictionary(grouping: others) { $0.upTo ?? 0 }
    var seen: Set<UInt64> = []
    let parts = others.compactMap(\.upTo).filter { seen.insert($0).inserted }.map { amount in
      "\(Readable.round(amount)) for \(owners(of: amount, byAmount[amount] ?? []))"
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// The names of those that have an N of their own: peers, kernels, and worker counts where a kernel has several N.
  private func owners(of amount: UInt64, _ configurations: [Configuration]) -> String {
    var names: [String] = []
    for peer in configurations where peer.isPeer == true && !names.contains(peer.model) {
      names.append(peer.model)
    }
    for kernel in kernels {
      let own = configurations.filter { $0.isPeer != true && $0.kernel == kernel }
      guard let last = own.map(\.workers).max() else { continue }
      let alike = rows.map(\.configuration).filter { $0.isPeer != true && $0.kernel == kernel }
      if alike.allSatisfy({ $0.upTo == amount }) {
        names.append(kernel)
        continue
      }
      let counts = Set(own.map(\.workers)).sorted().map(String.init).joined(separator: " and ")
      names.append(
        "\(kernel == "scalar" ? "" : "\(kernel) with ")\(counts) \(last == 1 ? "worker" : "workers")")
    }
    return names.count > 1
      ? "\(names.dropLast().joined(separator: ", ")) and \(names[names.count - 1])" : names.first ?? ""
  }

  /// The first entry of every model.
  private func once<Value>(_ entries: [(String, Value)]) -> [(String, Value)] {
    var seen: Set<String> = []
    return entries.filter { seen.insert($0.0).inserted }
  }
}
