import Formatting
import Records

/// The reasons not to compare two runs, or parts of them: a sentence for each difference of their work.
func refusalsToCompare(
  _ baseline: MeasuredRun, _ name: String, with other: MeasuredRun, _ otherName: String
) -> [String] {
  let sides = [MeasuredSide(baseline, name), MeasuredSide(other, otherName)]
  let empty = sides.filter { $0.configurations.isEmpty }
  if !empty.isEmpty { return empty.map { "\($0.name) has no trial that counts." } }
  let amounts = sides[0].configurations.filter { other.counterpart(of: $0) == nil }.compactMap { one in
    sides[1].otherAmount(than: one, of: name)
  }
  let absences = zip(sides, sides.reversed()).flatMap { one, other in
    one.configurations.compactMap { other.absence(of: $0, "only in \(one.name)") }
  }
  let idle = sides.filter { side in !side.configurations.contains { $0.workers == side.effectiveCPUs } }.map {
    "\($0.name) has nothing that used every core, so that no gain can be told: measure it with --workers "
      + "\($0.effectiveCPUs) too."
  }
  var seen: Set<String> = []
  return (amounts + absences + idle).filter { seen.insert($0).inserted }
}

/// The measured configurations of one of two runs.
private struct MeasuredSide {
  /// What has one amount of work: a workload of the suite's models, or of one peer.
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
  private let amounts: [Work: [UInt64?]]
  private let kernels: [String: Set<String>]

  init(_ run: MeasuredRun, _ name: String) {
    self.name = name
    effectiveCPUs = run.effectiveCPUs
    configurations = run.configurations.map(\.configuration)
    amounts = Dictionary(grouping: configurations, by: Work.init).mapValues { $0.map(\.upTo) }
    kernels = Dictionary(grouping: configurations, by: \.workload).mapValues { Set($0.map(\.kernel)) }
  }

  /// The refusal of a configuration of the other run whose N this run does not have; `nil` if it has it.
  func otherAmount(than one: Configuration, of otherName: String) -> String? {
    let work = Work(one)
    guard let upTo = one.upTo, let amounts = amounts[work], let first = amounts.first, let own = first,
      !amounts.contains(upTo)
    else { return nil }
    return
      "\(work.name) is not compared: N is \(Readable.round(upTo)) in \(otherName) and \(Readable.round(own)) in "
      + "\(name); measure one again with --upto \(upTo)."
  }

  /// The refusal of a configuration of the other run whose workload or kernel this run does not have; `nil` if it has it.
  func absence(of one: Configuration, _ place: String) -> String? {
    guard let kernels = kernels[one.workload] else {
      return "\(one.workload) is not compared: it is \(place)."
    }
    return kernels.contains(one.kernel)
      ? nil : "\(one.workload) with the \(one.kernel) kernel is not compared: it is \(place)."
  }
}
