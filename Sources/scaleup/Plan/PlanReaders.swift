import Arguments
import Records

/// Requests per unit of time, such as `1e11/month`.
struct RequestAmount: Hashable {
  let count: Double
  let unit: Unit

  /// The units of time.
  enum Unit: String, CaseIterable {
    case second, minute, hour, day, week, month, year

    /// Returns the length in seconds, with a month of the given length.
    func seconds(month: Double) -> Double {
      switch self {
      case .second: 1
      case .minute: 60
      case .hour: 3600
      case .day: 86_400
      case .week: 7 * 86_400
      case .month: month
      case .year: 12 * month
      }
    }
  }

  /// Reads an amount such as `1e11/month` or `300/s`; `nil` for any other text.
  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let count = planNumber(parts[0]), count <= 1e18,
      let unit = parts[1] == "s" ? .second : Unit(rawValue: parts[1])
    else { return nil }
    (self.count, self.unit) = (count, unit)
  }

  static func option(_ name: String, help: String) -> Option<RequestAmount> {
    Option(
      name, "COUNT/UNIT",
      Reader(
        expected: "a number per second, minute, hour, day, week, month or year", example: "1e9/month",
        parse: { RequestAmount($0) }), help: help)
  }

  /// Returns the requests per second.
  func rate(month: Double) -> Double { count / unit.seconds(month: month) }

  /// Returns the amount as it is recorded.
  func recorded(_ name: String, times factor: Double = 1, month: Double) -> PlanRecord.Amount {
    .init(name: name, count: count * factor, unit: unit.rawValue, rate: factor * rate(month: month))
  }
}

/// Returns the number that a word writes with digits, at most one point and an exponent of ten; `nil` for anything else and for negative
/// numbers.
func planNumber(_ word: some StringProtocol) -> Double? {
  guard let first = word.utf8.first, 48...57 ~= first || first == UInt8(ascii: "."),
    word.utf8.allSatisfy({ 48...57 ~= $0 || ".eE+-".utf8.contains($0) }), let value = Double(word),
    value.isFinite
  else { return nil }
  return value
}

/// Returns the number before a unit, times the unit's factor; `nil` if no unit fits.
private func planQuantity(_ word: String, _ units: [(name: String, factor: Double)]) -> Double? {
  units.first { word.hasSuffix($0.name) }.flatMap { unit in
    planNumber(word.dropLast(unit.name.count)).map { $0 * unit.factor }
  }
}

/// Returns the seconds of a time written with its unit: `8ms`, `90s`, `5min`, `2h` or `30d`; `nil` for anything else.
func planSeconds(_ word: String) -> Double? {
  DurationUnit.split(word).flatMap { number, unit in planNumber(number).map { $0 * unit.seconds } }
}

extension Reader where Value == Double {
  /// The reader of a number above 0, such as `10e6`.
  static func amount(upTo most: Double, example: String) -> Reader {
    Reader(
      expected: "a number above 0, such as \(example)", example: example,
      parse: { word in planNumber(word).flatMap { $0 > 0 && $0 <= most ? $0 : nil } })
  }

  /// The reader of a time in seconds, written with its unit.
  static func time(in range: ClosedRange<Double>, example: String) -> Reader {
    Reader(
      expected:
        "a time from \(DurationUnit.text(ofSeconds: range.lowerBound)) to \(DurationUnit.text(ofSeconds: range.upperBound)) "
        + "in \(DurationUnit.list)", example: example,
      parse: { word in planSeconds(word).flatMap { range.contains($0) ? $0 : nil } })
  }

  /// The reader of a percentage as a fraction: `50%`.
  static func percentage(in range: ClosedRange<Double>, example: String) -> Reader {
    Reader(
      expected: "a percentage above 0% and up to \(Int(range.upperBound * 100))%", example: example,
      parse: { word in planQuantity(word, [("%", 0.01)]).flatMap { $0 > 0 && range.contains($0) ? $0 : nil } }
    )
  }

  /// The reader of an amount of data in bytes: `1KB`.
  static let data = Reader(
    expected: "a size in B, KB, MB or GB", example: "1KB",
    parse: { word in
      planQuantity(word, [("KB", 1e3), ("kB", 1e3), ("MB", 1e6), ("GB", 1e9), ("B", 1)]).flatMap {
        $0 > 0 && $0 <= 1e15 ? $0 : nil
      }
    })

  /// The reader of the price of a request: `2e-7` or `0.20/million`.
  static let requestPrice = Reader(
    expected: "a price above 0, such as 2e-7 or 0.20/million", example: "0.20/million",
    parse: { word in
      (planQuantity(word, [("/million", 1e-6)]) ?? planNumber(word)).flatMap {
        $0 > 0 && $0 <= 1e6 ? $0 : nil
      }
    })
}

/// The price per hour of a size of instance: `--price 4=0.17`, or `--price 0.17` if there is only one size.
struct SizePrice: Hashable {
  /// The name of a file or a number of cores; `nil` for the only size.
  let name: String?
  let price: Double

  static let option = Option<[SizePrice]>(
    "price", "[SIZE=]PRICE,…",
    Reader<SizePrice>(
      expected: "a price per hour above 0, after the size and an equals sign if there are several",
      example: "4=0.17",
      parse: { word in
        let sign = word.lastIndex(of: "=")
        let text = sign.map { word[word.index(after: $0)...] } ?? word[...]
        guard let price = planNumber(text), price > 0, price <= 1e9, sign != word.startIndex else {
          return nil
        }
        return SizePrice(name: sign.map { String(word[..<$0]) }, price: price)
      }
    ).list(), isRepeatable: true,
    help:
      "price of an instance per hour; SIZE is a number of cores, or a file of --from without its extension")
}
