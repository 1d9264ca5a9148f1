import Analysis
import Formatting
import Records

/// The most commands with a sentence of their own.
private let mostCommands = 4

/// Returns how each command scales to all CPUs, how busy it keeps them and what it loses most, a sentence each.
///
/// - Parameter isBelowCard: Whether a card says what more cores bring, so that no sentence does.
func commandSentences(_ analysis: RunAnalysis, isBelowCard: Bool) -> [String] {
  let rows = analysis.workloads.flatMap(\.rows).filter { $0.configuration.command != nil }
  var seen: Set<String> = []
  let names = rows.map(\.configuration.model).filter { seen.insert($0).inserted }
  let sentences =
    names.compactMap { name in commandSentence(rows.filter { $0.configuration.model == name }) }
    + (names.count == 1 && !isBelowCard ? GrowthAnswer.all(analysis).map(\.sentence) : [])
  let rest = sentences.count - mostCommands
  return sentences.prefix(mostCommands).map { Readable.line($0, limit: 1000) }
    + (rest > 0 ? ["\(Readable.count(rest, "more command")) in the table."] : [])
}

/// Returns how a command scales to as many workers as there are CPUs, or to the most that were measured.
private func commandSentence(_ rows: [ConfigurationAnalysis]) -> String? {
  let known = rows.filter { !$0.measured.isDisturbed }
  guard
    let row = (known.filter { !$0.isOversubscribed } + known.prefix(1)).max(by: {
      $0.configuration.workers < $1.configuration.workers
    })
  else { return nil }
  let (name, workers) = (row.configuration.model, row.configuration.workers)
  let isParallel = row.configuration.command?.isParallel == true
  let unit = Readable.count(workers, isParallel ? "copy" : "worker", plural: isParallel ? "copies" : nil)
  let busy = row.median(of: \.utilization).map { utilization in
    "\(workers == 1 ? "keeps" : "keep") \(Readable.percent(utilization)) of "
      + "\(Readable.count(row.measured.cores, "CPU")) busy"
  }
  let speed =
    row.configuration.isReference
    ? nil
    : row.speedup.map { speedup in
      let interval = row.speedupInterval.map { " \(confidenceText($0, decimals: 2))" } ?? ""
      let times = "\(Readable.fixed(speedup, decimals: 2))×"
      return isParallel
        ? "do \(times) the work of one in the same time\(interval)" : "are \(times) as fast as one\(interval)"
    }
  let parts = [speed, busy].compactMap(\.self)
  if parts.isEmpty { return nil }
  return
    "\(name): \(unit) \(parts.joined(separator: " and "))\(betterText(known, than: row))\(lossText(row))."
}

/// Returns the number of workers with which a command is plainly faster than with another; empty if there is none.
private func betterText(_ rows: [ConfigurationAnalysis], than row: ConfigurationAnalysis) -> String {
  guard row.configuration.command?.isParallel == nil,
    let best = rows.max(by: { ($0.speedup ?? 0) < ($1.speedup ?? 0) }),
    best.configuration != row.configuration,
    best.measured.isPlainlyFaster(than: row.measured)
  else { return "" }
  return "; it is faster with \(Readable.count(best.configuration.workers, "worker"))"
}

private func lossText(_ row: ConfigurationAnalysis) -> String {
  guard let losses = row.losses, let part = losses.notable else { return "" }
  return
    "; the greatest loss is \(Readable.percent(losses.share(of: part))) of the core time, \(part.activity)"
}

/// Returns a sentence about the processes that each command left behind; none if there were none.
func orphanSentences(on run: RunRecord) -> [String] {
  var counts: [String: (trials: Int, most: Int)] = [:]
  var names: [String] = []
  for trial in run.trials where run.plan.configurations.indices.contains(trial.configuration) {
    guard let left = trial.report?.leftBehind, left > 0 else { continue }
    let name = run.plan.configurations[trial.configuration].model
    if counts[name] == nil { names.append(name) }
    let known = counts[name] ?? (0, 0)
    counts[name] = (known.trials + 1, max(known.most, left))
  }
  return names.map { name in
    let (trials, most) = counts[name] ?? (0, 0)
    return Readable.line(
      "\(name) left up to \(Readable.count(most, "process", plural: "processes")) behind in "
        + "\(Readable.count(trials, "trial")); they were ended.", limit: 1000)
  }
}

extension WorkloadAnalysis {
  /// The reference of speedups, in titles.
  var referenceName: String { command == nil ? "single" : "one worker" }

  /// The meanings of what only the table of commands has, a line each.
  var commandNotes: [String] {
    guard let command else { return [] }
    var seen: Set<String> = []
    let lines = rows.filter { seen.insert($0.configuration.model).inserted }.map { row in
      Readable.line("\(row.configuration.model): \(row.configuration.command?.line ?? "")", limit: 200)
    }
    return lines
      + (command.isParallel == true
        ? ["workers: executions at once; speedups compare executions per second"] : [])
  }
}
