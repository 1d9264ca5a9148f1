import Formatting
import Records

/// A histogram of predictions, with a mark at the measured value.
public struct TextHistogram: TextDrawing {
  /// The most bins of numbers.
  private static let mostBins = 10
  /// The ratio of the greatest to the least prediction above which the bins grow by a factor instead of a step.
  private static let widest = 20.0

  private struct Bin {
    let label: String
    let count: Int
    let isMeasured: Bool
  }

  private let bins: [Bin]
  /// The word for the value that the mark shows, such as `measured`.
  private let origin: String

  /// Makes a histogram of choices.
  ///
  /// - Parameters:
  ///   - choices: The chosen options, numbered from 1.
  ///   - answer: The right option; `nil` if it is unknown.
  ///   - origin: The word for the right option, such as `measured`.
  public init(_ choices: [Int], of options: [String], answer: Int?, origin: String) {
    self.origin = origin
    bins = options.enumerated().map { position, option in
      Bin(
        label: option, count: choices.count { $0 == position + 1 }, isMeasured: answer == position + 1)
    }
  }

  /// Makes a histogram of numbers, in bins of one width; over more than an order of magnitude, in bins of one ratio.
  ///
  /// - Parameters:
  ///   - answer: The measured number, which has a bin even if nobody predicted it; `nil` if it is unknown.
  ///   - origin: The word for the measured number, such as `measured`.
  ///   - text: Formats a bound of a bin.
  public init(_ values: [Double], answer: Double?, origin: String, text: (Double) -> String) {
    self.origin = origin
    let known = (values + [answer].compactMap(\.self)).filter(\.isFinite)
    guard let least = known.min(), let greatest = known.max() else {
      bins = []
      return
    }
    let bounds = Self.bounds(from: least, to: greatest)
    bins = zip(bounds, bounds.dropFirst()).map { lower, upper in
      func holds(_ value: Double) -> Bool { lower <= value && value < upper }
      return Bin(
        label: "\(text(lower)) – \(text(upper))", count: values.count(where: holds),
        isMeasured: answer.map(holds) ?? false)
    }
  }

  /// Returns the bounds of bins that hold all values from `least` to `greatest`, in ascending order.
  private static func bounds(from least: Double, to greatest: Double) -> [Double] {
    if least > 0, greatest / least > widest {
      // 1, 2 and 5 of each power of ten, or every power, or every so many.
      let marks = (-12...18).flatMap { power in [1.0, 2, 5].map { $0 * tenTo(power) } }
      for stride in [1, 3, 6, 12, 30] {
        let chosen = marks.enumerated().filter { $0.offset.isMultiple(of: stride) }.map(\.element)
        let first = chosen.lastIndex { $0 <= least } ?? 0
        let last = chosen.firstIndex { $0 > greatest } ?? chosen.count - 1
        if last - first <= mostBins { return Array(chosen[first...max(last, first + 1)]) }
      }
    }
    let span = max(greatest - least, greatest.magnitude * 0.1, .leastNormalMagnitude)
    let step = niceStep(atLeast: span / Double(mostBins - 1))
    // Rounding must not put a value outside the first or the last bin.
    var first = (least / step).rounded(.down)
    if first * step > least { first -= 1 }
    var count = 1
    while count <= mostBins, (first + Double(count)) * step <= greatest { count += 1 }
    return (0...count).map { (first + Double($0)) * step }
  }

  /// Returns 1, 2 or 5 times a power of ten that is not below a value.
  private static func niceStep(atLeast value: Double) -> Double {
    for power in -30...30 {
      for factor in [1.0, 2, 5] where factor * tenTo(power) >= value * (1 - 1e-9) {
        return factor * tenTo(power)
      }
    }
    return value
  }

  private static func tenTo(_ power: Int) -> Double {
    (0..<power.magnitude).reduce(1.0) { value, _ in power < 0 ? value / 10 : value * 10 }
  }

  /// Returns one line per bin: its label, its count and its bar.
  public func lines(width: Int) -> [String] {
    let labels = Readable.columns(bins.map { [Readable.line($0.label), "\($0.count)"] })
    let used = labels.map(\.count).max() ?? 0
    let mark = " ◀ \(origin)"
    let room = width - used - 2 - mark.count
    let most = bins.map(\.count).max() ?? 0
    return zip(bins, labels).map { bin, label in
      // One prediction is at most two characters long, so that few predictions do not look like many.
      let unit = room >= 4 && most > 0 ? min(2, Double(room) / Double(most)) : 0
      let bar = barText(length: Double(bin.count) * unit)
      return withoutTrailingSpaces("\(label)  \(bar)\(bin.isMeasured ? mark : "")")
    }
  }
}
