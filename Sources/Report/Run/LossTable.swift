import Analysis
import Formatting
import Records

/// The tables and sentences about lost core time.
extension WorkloadAnalysis {
  /// The rows whose losses are known.
  private var lossRows: [(row: ConfigurationAnalysis, losses: LossAttribution)] {
    rows.compactMap { row in row.losses.map { (row, $0) } }
  }

  /// The lost core time; `nil` if it is not known of any row.
  var lossSection: Section? {
    if lossRows.isEmpty { return nil }
    return Section(
      title:
        "lost core time of \(Readable.line(workload)), compared with \(referenceName): core milliseconds (% of all core time)",
      table: lossTable(cell), narrowTable: lossTable(percent),
      lines: [
        "The losses are those of the round with the median speedup; \"all trials\" is the lost part of all rounds together."
      ] + lossSentences)
  }

  /// The parts that some row has: only some models send messages, and commands have parts of their own.
  var lossParts: [LossAttribution.Part] {
    LossAttribution.Part.allCases.filter { part in
      rows.contains { $0.losses?.parts[part] != nil }
    }
  }

  /// A row per parallel configuration.
  private func lossTable(_ cell: (Double, Double) -> String) -> Table {
    let parts = lossParts
    var columns = [Table.Column("model"), Table.Column("workers")]
    if hasThreads { columns.append(Table.Column("ranks")) }
    columns += [Table.Column("lost")] + parts.map { Table.Column($0.title, rank: 1) }
    columns += [Table.Column("all trials", rank: 3), Table.Column("serial fraction", rank: 2)]
    let rows = lossRows.map { row, losses in
      var cells = [label(of: row.configuration), "\(row.configuration.workers)"]
      if hasThreads { cells.append(row.rankText ?? Table.undefined) }
      cells.append(cell(losses.lost, losses.coreTime))
      cells += parts.map { part in
        losses.parts[part].map { cell($0, losses.coreTime) } ?? Table.undefined
      }
      cells.append(Readable.percent(losses.meanShare))
      cells.append(row.serialFraction.map { Readable.fixed($0, decimals: 3) } ?? Table.undefined)
      return cells
    }
    return Table(columns: columns, rows: rows)
  }

  /// For each part that is the greatest loss of some configuration, and worth a sentence: these configurations, the worst first, and the remedy.
  private var lossSentences: [String] {
    let lossRows = lossRows
    return LossAttribution.Part.allCases.compactMap { part in
      let worst = lossRows.filter { $0.losses.notable == part }.sorted {
        $0.losses.share(of: part) > $1.losses.share(of: part)
      }
      let names = worst.map { row, losses in
        "\(name(of: row.configuration, workers: row.configuration.workers)) "
          + "(\(Readable.percent(losses.share(of: part))))"
      }
      if names.isEmpty { return nil }
      return Readable.line(
        "Greatest loss of \(Readable.list(names)): \(part.title). \(part.meaning)\(remedy(for: part, worst.map(\.row)))",
        limit: 1000)
    }
  }

  /// Returns the remedy for a part, as far as the measurements do not contradict it.
  private func remedy(for part: LossAttribution.Part, _ rows: [ConfigurationAnalysis]) -> String {
    switch part {
    case .offCPU:
      return ": end other programs"
        + (rows.contains(where: \.isOversubscribed) ? ", or use no more workers than effective CPUs." : ".")
    case .slowDown:
      guard let alike = fastCores?.cores ?? physicalCores,
        let most = rows.filter({
          $0.configuration.workers > alike && !$0.isOversubscribed
            && (fastCores == nil || $0.configuration.placement == nil)
        })
        .max(by: { $0.configuration.workers < $1.configuration.workers }),
        let onCores = self.rows.filter({
          $0.configuration.isSameSeries(as: most.configuration) && $0.configuration.workers <= alike
        }).max(by: { $0.configuration.workers < $1.configuration.workers })
      else { return ". A cooler or less shared machine would help." }
      let change =
        "\(onCores.configuration.workers) → \(most.configuration.workers) workers took "
        + "\(Readable.duration(nanoseconds: onCores.region.median)) → "
        + Readable.duration(nanoseconds: most.region.median)
      return onCores.measured.isPlainlyFaster(than: most.measured)
        ? ": use \(fastCores.map { "the \($0.cores) \($0.name) cores only" } ?? "one worker per physical core") (\(change))."
        : (fastCores.map { ". Workers beyond the \($0.cores) \($0.name) cores run on slower ones" }
          ?? ". The \(alike) physical cores are shared by several workers each") + " (\(change))."
    default: return ""
    }
  }

  private func cell(_ nanoseconds: Double, of coreTime: Double) -> String {
    let percent = coreTime > 0 ? " (\(percent(nanoseconds, of: coreTime)))" : ""
    return Readable.fixed(nanoseconds / 1e6, decimals: 1) + percent
  }

  private func percent(_ nanoseconds: Double, of coreTime: Double) -> String {
    coreTime > 0 ? Readable.percent(nanoseconds / coreTime) : Table.undefined
  }
}

extension LossAttribution.Part {
  /// The term for it.
  var title: String {
    switch self {
    case .startUp: "start-up"
    case .communication: "communication"
    case .slowDown: "slow-down"
    case .offCPU: "off-CPU"
    case .imbalance: "imbalance"
    case .merge: "merge"
    case .extraCPUTime: "extra CPU time"
    case .unusedCores: "unused cores"
    }
  }

  /// The activity that the core time goes into; reads on after "loses most".
  var activity: String {
    switch self {
    case .startUp: "while workers start"
    case .communication: "exchanging messages"
    case .slowDown: "running slower than a single worker"
    case .offCPU: "waiting for a CPU"
    case .imbalance: "waiting for the slowest worker"
    case .merge: "merging results"
    case .extraCPUTime: "CPU time beyond that of one worker"
    case .unusedCores: "which no process used"
    }
  }

  /// The meaning and, if it is always the same, the remedy, in sentences.
  fileprivate var meaning: String {
    switch self {
    case .startUp:
      "Workers began late: give a region more work, or keep workers from one region to the next."
    case .communication:
      "Processes waited for messages: use larger chunks, a static schedule or a faster network."
    case .slowDown:
      "The same work took more CPU time than in one worker, because cores share caches, power or execution units"
    case .offCPU:
      "Workers waited for a CPU"
    case .imbalance: "Workers waited for the slowest: use a dynamic schedule or smaller chunks."
    case .merge: "The last results came late: use fewer and larger partial results."
    case .extraCPUTime:
      "The same work took more CPU time than with one worker: for dividing it, for waiting actively, or because cores share "
        + "caches, power or execution units. From outside, they cannot be distinguished."
    case .unusedCores:
      "No process used these cores: a part of the work is serial, a worker waited, or another program had the core. From "
        + "outside, they cannot be distinguished."
    }
  }
}
