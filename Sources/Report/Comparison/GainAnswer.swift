import Formatting
import Records

/// The worth of another machine for one kind of work: its gain over the baseline, and what that means for money.
struct GainAnswer {
  private let baseline: ComparisonRecord.Run
  private let other: ComparisonRecord.Run
  private let gain: ComparisonRecord.Gain

  init(_ gain: ComparisonRecord.Gain, in comparison: ComparisonRecord) {
    (baseline, other) = (comparison.runs[0], comparison.runs[gain.run])
    self.gain = gain
  }

  /// The kind of work, such as `sum with fork`.
  var work: String { "\(gain.configuration.workName) with \(gain.configuration.model)" }

  /// The interval of the gain; empty if it is unknown.
  private var interval: String {
    gain.gain.lower.flatMap { lower in
      gain.gain.upper.map {
        "95 % CI \(Readable.ratio(lower))–\(Readable.ratio($0))"
          + (gain.isSignificant == false ? ", not significant" : "")
      }
    } ?? ""
  }

  /// The work that the same money pays for on the other machine, relative to the baseline; `nil` without prices.
  private var workForMoney: Double? {
    guard let work = gain.workForMoney, work.count == 2, work[0] > 0 else { return nil }
    return work[1] / work[0]
  }

  /// The change of the work for the same money, such as `32 % less`; `nil` without prices.
  var moneyChange: String? {
    workForMoney.map { ratio in
      let percent = Readable.fixed((ratio - 1).magnitude * 100, decimals: 0)
      return percent == "0" ? "as much" : "\(percent) % \(ratio < 1 ? "less" : "more")"
    }
  }

  /// The price per hour of the other machine at which both do as much work for the same money; `nil` without the price of the
  /// baseline.
  var equalPrice: Double? { baseline.price.map { $0 * gain.gain.value } }

  /// The worth of the machine in money, in one sentence without a period.
  var moneySentence: String {
    guard let moneyChange, let equalPrice else {
      return "It is worth up to \(Readable.ratio(gain.gain.value)) times the price of \(baseline.name)"
    }
    return
      "For the same money it does \(moneyChange) work; both are equal at \(Self.price(equalPrice)) per hour"
  }

  /// The figures for a card.
  var figures: [CardFigure] {
    let gained = CardFigure(
      subject: "\(other.name) over \(baseline.name), \(work)", figure: "\(Readable.ratio(gain.gain.value))×",
      note: interval)
    if let moneyChange, let equalPrice {
      return [
        gained, CardFigure(subject: "Work for the same money", figure: moneyChange, note: ""),
        CardFigure(
          subject: "Price at which both are equal", figure: Self.price(equalPrice),
          note: "per hour of \(other.name)"),
      ]
    }
    return [
      gained,
      CardFigure(
        subject: "Worth up to", figure: "\(Readable.ratio(gain.gain.value))×",
        note: "the price of \(baseline.name)"),
    ]
  }

  private static func price(_ price: Double) -> String {
    Readable.plain((price * 1000).rounded() / 1000)
  }
}

extension ComparisonRecord {
  /// For every other run, the gain with its fastest model for each kind of work: computing, on the first workload of fixed
  /// amount, or on the first of all; memory; and each command.
  var leadingGains: [Gain] {
    runs.indices.dropFirst().flatMap { position in
      let all = gains.filter { $0.run == position }
      let own = all.filter { $0.configuration.command == nil }
      let computing = own.filter { $0.configuration.operation == nil }
      let memory = own.filter { $0.configuration.operation != nil }
      let models: [Gain] = [
        computing.first { $0.configuration.upTo != nil } ?? computing.first,
        memory.first { $0.configuration.operation == "triad" } ?? memory.first,
      ].compactMap(\.self).compactMap { first in
        let same = own.filter {
          $0.configuration.work == first.configuration.work
            && $0.configuration.kernel == first.configuration.kernel
        }
        return same.max { ($0.throughputs.last ?? 0) < ($1.throughputs.last ?? 0) }
      }
      return models + all.filter { $0.configuration.command != nil }
    }
  }
}
