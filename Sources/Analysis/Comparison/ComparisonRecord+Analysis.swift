import Records
import Statistics

extension ComparisonRecord {
  /// Compares runs with a baseline.
  ///
  /// - Parameters:
  ///   - records: The runs of two or more sides; the first side is the baseline. Several runs of a side are of the same
  ///     work on the same machine.
  ///   - runs: The descriptions of the sides, in the same order.
  ///   - gates: The gates to evaluate.
  public init(_ records: [[RunRecord]], _ runs: [Run], gates: [Gate] = []) {
    self.init(runs: runs)
    let sharesRounds = RunRecord.shareRounds(records)
    let sides = records.compactMap { ComparedSide($0.map { MeasuredRun($0) }, sharesRounds: sharesRounds) }
    guard let baseline = sides.first, sides.count == runs.count else { return }
    var all: [ComparedChange] = []
    refusals = refusalsToRepeat(baseline, runs[0].name) + refusalsOfDisturbed(baseline, runs[0].name)
    if sharesRounds { for position in runs.indices { self.runs[position].sharesRounds = true } }
    for position in sides.indices.dropFirst() {
      let other = sides[position]
      refusals += refusalsToCompare(baseline.first, runs[0].name, with: other.first, runs[position].name)
      refusals +=
        refusalsToRepeat(other, runs[position].name) + refusalsOfDisturbed(other, runs[position].name)
      all += baseline.first.configurations.compactMap { one in
        ComparedChange(of: one.configuration, in: baseline, and: other, position)
      }
      gains += verticalGains(position, baseline, other)
    }
    changes = Self.judged(all)
    let spreads = HostSpread.all(in: sides.map(\.first), prices: runs.map(\.price))
    if !spreads.isEmpty { self.spreads = spreads }
    self.gates = gates.map { gate in GateAnswer(gate, sides, all) }
  }

  /// The probability of calling any configuration faster or slower if none is.
  static let error = 0.05

  /// Returns the changes, each with its finding. The tests of all configurations of a comparison are corrected together:
  /// the more there are, the more differ by chance.
  private static func judged(_ all: [ComparedChange]) -> [Change] {
    let tested = all.indices.filter { all[$0].time.comparison != nil }
    let pValues = adjustedByHolm(tested.compactMap { all[$0].time.comparison?.estimate.pValue })
    var changes = all.map(\.record)
    for (place, pValue) in zip(tested, pValues) where pValue < error {
      changes[place].finding = all[place].time.value < 1 ? .faster : .slower
    }
    return changes
  }
}

/// A configuration that both sides of a comparison have measured, with its ratios.
struct ComparedChange {
  /// The position of the other side.
  let position: Int
  let configuration: Configuration
  /// The N on the other side; `nil` if it is the same.
  let otherUpTo: UInt64?
  let time: ComparedRatio
  let efficiency: ComparedRatio?
  let utilization: ComparedRatio?
  /// The ratio of the energies of the same part of the machines.
  let energy: ComparedRatio?

  /// Makes the change of a configuration; `nil` if a side has not measured it, or did no work.
  init?(
    of configuration: Configuration, in baseline: ComparedSide, and other: ComparedSide, _ position: Int
  ) {
    guard let one = baseline.counterpart(of: configuration), let two = other.counterpart(of: configuration),
      one.isComparable(with: two), let time = two.times.over(one.times)
    else { return nil }
    (self.position, self.configuration, self.time) = (position, one.configuration, time)
    otherUpTo = two.configuration.upTo == one.configuration.upTo ? nil : two.configuration.upTo
    efficiency =
      configuration.isReference
      ? nil : two.efficiencies.flatMap { above in one.efficiencies.flatMap { above.over($0) } }
    // The same number of workers is a smaller share of a bigger machine.
    utilization =
      baseline.first.effectiveCPUs == other.first.effectiveCPUs
      ? two.utilizations.over(one.utilizations) : nil
    energy =
      two.energies(of: \.processor).over(one.energies(of: \.processor))
      ?? two.energies(of: \.platform).over(one.energies(of: \.platform))
  }

  /// The change for the record, without a finding.
  var record: ComparisonRecord.Change {
    var change = ComparisonRecord.Change(run: position, configuration: configuration, time: time.record)
    change.otherUpTo = otherUpTo
    (change.efficiency, change.utilization) = (efficiency?.record, utilization?.record)
    change.energy = energy?.record
    return change
  }
}
