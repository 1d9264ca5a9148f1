import Formatting
import Records

/// Returns the reasons not to compare two runs, or parts of them: one sentence per difference between their work.
func refusalsToCompare(
  _ baseline: MeasuredRun, _ name: String, with other: MeasuredRun, _ otherName: String
) -> [String] {
  let sides = [MeasuredSide(baseline, name), MeasuredSide(other, otherName)]
  let empty = sides.filter { $0.configurations.isEmpty }
  if !empty.isEmpty { return empty.map { "\($0.name) has no measured trial." } }
  let amounts = sides[0].configurations.filter { other.counterpart(of: $0) == nil }.compactMap { one in
    sides[1].otherAmount(than: one, of: name)
  }
  let absences = zip(sides, sides.reversed()).flatMap { one, other in
    one.configurations.compactMap { other.absence(of: $0, from: one.name) }
  }
  let idle = sides.filter { side in !side.configurations.contains { $0.workers == side.effectiveCPUs } }.map {
    "\($0.name) was not measured with one worker per CPU, so its gain is unknown; measure it with --workers "
      + "\($0.effectiveCPUs) too."
  }
  var seen: Set<String> = []
  return (amounts + absences + idle).filter { seen.insert($0).inserted }
}

/// Returns the parts of the first run of a side that another run of it lacks, a sentence each: only what every run of a
/// side has measured is compared.
func refusalsToRepeat(_ side: ComparedSide, _ name: String) -> [String] {
  side.runs.enumerated().dropFirst().flatMap { position, run -> [String] in
    let missing = side.first.configurations.count { run.counterpart(of: $0.configuration) == nil }
    if missing == 0 { return [] }
    return [
      "\(Readable.count(missing, "configuration")) of \(name) \(missing == 1 ? "is" : "are") not compared: run "
        + "\(position + 1) of \(name) has not measured \(missing == 1 ? "it" : "them")."
    ]
  }
}

/// The measured configurations of one of two runs.
private struct MeasuredSide {
  /// The unit that has its own N: a workload of the suite's models, or of one peer.
  private struct Work: Hashable {
    let workload: String
    let peer: String?

    init(_ configuration: Configuration) {
      workload = configuration.workload
      peer = configuration.isPeer == true ? configuration.model : nil
    }

    var name: String { peer.map { "\(workload) of \($0)" } ?? workload }
  }

  let name: String
  let effectiveCPUs: Int
  let configurations: [Configuration]
  /// The first N, and all of them.
  private let amounts: [Work: (first: UInt64?, all: Set<UInt64?>)]
  private let kernels: [String: Set<String>]

  init(_ run: MeasuredRun, _ name: String) {
    self.name = name
    effectiveCPUs = run.effectiveCPUs
    configurations = run.configurations.map(\.configuration)
    amounts = Dictionary(grouping: configurations, by: Work.init).mapValues {
      ($0[0].upTo, Set($0.map(\.upTo)))
    }
    kernels = Dictionary(grouping: configurations, by: \.workload).mapValues { Set($0.map(\.kernel)) }
  }

  /// Returns a sentence if this run lacks the N of a configuration of the other run; otherwise `nil`.
  func otherAmount(than one: Configuration, of otherName: String) -> String? {
    let work = Work(one)
    guard let upTo = one.upTo, let amounts = amounts[work], let own = amounts.first,
      !amounts.all.contains(upTo)
    else { return nil }
    return
      "\(work.name) is not compared: N is \(Readable.round(upTo)) in \(otherName) and \(Readable.round(own)) in "
      + "\(name); measure \(name) again with --upto \(upTo)."
  }

  /// Returns a sentence if this run lacks the workload or kernel of a configuration of the other run; otherwise `nil`.
  func absence(of one: Configuration, from otherName: String) -> String? {
    guard let kernels = kernels[one.workload] else {
      return "\(one.workload) is not compared: only \(otherName) has it."
    }
    return kernels.contains(one.kernel)
      ? nil : "\(one.workload) with the \(one.kernel) kernel is not compared: only \(otherName) has it."
  }
}
