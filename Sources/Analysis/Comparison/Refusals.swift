import Formatting
import Records

/// Returns the reasons not to compare two runs, or parts of them: one sentence per difference between their work.
func refusalsToCompare(
  _ baseline: MeasuredRun, _ name: String, with other: MeasuredRun, _ otherName: String
) -> [String] {
  let sides = [MeasuredSide(baseline, name), MeasuredSide(other, otherName)]
  let empty = sides.filter { $0.configurations.isEmpty }
  if !empty.isEmpty { return empty.map { "\($0.name) has no measured trial." } }
  let amounts = sides[1].otherAmounts(than: sides[0])
  let absences = zip(sides, sides.reversed()).flatMap { one, other in
    one.configurations.compactMap { other.absence(of: $0, from: one.name) }
  }
  let idle = sides.filter { side in
    let computing = side.configurations.filter { $0.traffic == nil }
    return !computing.isEmpty && !computing.contains { $0.workers == side.effectiveCPUs }
  }.map {
    "\($0.name) was not measured with one worker per CPU, so its gain is unknown; measure it with --workers "
      + "\($0.effectiveCPUs) too."
  }
  return distinct(amounts + sides[1].otherRates(than: sides[0]) + absences + idle)
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

/// Returns a sentence about the configurations of which a side has no undisturbed trial; none if there are none.
func refusalsOfDisturbed(_ side: ComparedSide, _ name: String) -> [String] {
  let disturbed = side.first.configurations.count { configuration in
    side.runs.contains { $0.counterpart(of: configuration.configuration)?.isDisturbed == true }
  }
  if disturbed == 0 { return [] }
  return [
    "\(Readable.count(disturbed, "configuration")) \(disturbed == 1 ? "is" : "are") not compared: other programs disturbed "
      + "every trial of \(disturbed == 1 ? "it" : "them") in \(name); measure \(name) again."
  ]
}

/// The measured configurations of one of two runs.
private struct MeasuredSide {
  let name: String
  let effectiveCPUs: Int
  let configurations: [Configuration]
  private let measured: [MeasuredConfiguration]
  private let kernels: [String: Set<String>]

  init(_ run: MeasuredRun, _ name: String) {
    self.name = name
    effectiveCPUs = run.effectiveCPUs
    measured = run.configurations
    configurations = measured.map(\.configuration)
    kernels = Dictionary(grouping: configurations, by: \.workName).mapValues { Set($0.map(\.kernel)) }
  }

  /// Returns a sentence per workload, kernel and peer of which this run has other N than a baseline.
  func otherAmounts(than baseline: MeasuredSide) -> [String] {
    let own = Dictionary(
      measured.map { ($0.configuration.unsized, $0) }, uniquingKeysWith: { first, _ in first })
    let pairs = baseline.measured.compactMap { one in own[one.configuration.unsized].map { (one, $0) } }
    let byWork = Dictionary(grouping: pairs) { $0.0.configuration.workAndKernelName }
    return distinct(pairs.map(\.0.configuration.workAndKernelName)).compactMap { work -> String? in
      let all = byWork[work] ?? []
      let others = all.filter { !$0.hasComparableAmount(to: $1) }
      guard let (one, two) = others.first.map({ ($0.configuration, $1.configuration) }),
        let amount = one.upTo, let other = two.upTo
      else { return nil }
      let names = others.prefix(4).map { "\($0.0.configuration.model) \($0.0.configuration.workers)" }
      let more = others.count > names.count ? " and \(others.count - names.count) more" : ""
      let part = others.count == all.count ? work : "\(work) (\(names.joined(separator: ", "))\(more))"
      let hasOne = baseline.configurations.allSatisfy { $0.workload != one.workload || $0.upTo == amount }
      let remedy = hasOne ? "--upto \(amount)" : "--baseline \(baseline.name)"
      return
        "\(part) is not compared: N is \(Readable.round(amount)) in \(baseline.name) and \(Readable.round(other)) in "
        + "\(name); measure \(name) again with \(remedy)."
    }
  }

  /// Returns a sentence if the servers of this run got requests at another rate than those of a baseline.
  func otherRates(than baseline: MeasuredSide) -> [String] {
    let rates = Dictionary(
      configurations.map { ($0.unsized, $0.traffic?.rate) }, uniquingKeysWith: { first, _ in first })
    return baseline.configurations.compactMap { one -> String? in
      guard let rate = one.traffic?.rate, let found = rates[one.unsized], let other = found, rate != other
      else { return nil }
      return
        "\(one.workload) is not compared: the rate is \(Readable.rate(rate)) in \(baseline.name) and "
        + "\(Readable.rate(other)) in \(name); measure \(name) again with --rate \(Readable.plain(rate))."
    }
  }

  /// Returns a sentence if this run lacks the workload or kernel of a configuration of the other run; otherwise `nil`.
  func absence(of one: Configuration, from otherName: String) -> String? {
    if let traffic = one.traffic {
      let isKnown = configurations.contains {
        $0.traffic?.path == traffic.path && $0.traffic?.connections == traffic.connections
          && $0.traffic?.generator == traffic.generator
      }
      let generator = traffic.generator.map { " with \($0)" } ?? ""
      return isKnown
        ? nil
        : Readable.line(
          "\(one.workload) of \(traffic.path) over \(Readable.count(traffic.connections, "connection"))\(generator) is not compared: "
            + "only \(otherName) has it.", limit: 2000)
    }
    if let command = one.command {
      let isKnown = configurations.contains { $0.model == one.model && $0.command == command }
      return isKnown
        ? nil
        : Readable.line(
          "The command \(one.model) ('\(command.line)') is not compared: only \(otherName) has it.",
          limit: 2000)
    }
    guard let kernels = kernels[one.workName] else {
      return "\(one.workName) is not compared: only \(otherName) has it."
    }
    return kernels.contains(one.kernel)
      ? nil : "\(one.workName) with the \(one.kernel) kernel is not compared: only \(otherName) has it."
  }
}

extension Configuration {
  /// The workload, kernel and peer, which may have their own N, in words.
  fileprivate var workAndKernelName: String {
    workName + (isPeer == true ? " of \(model)" : "")
      + (kernel == "scalar" ? "" : " with the \(kernel) kernel")
  }
}
