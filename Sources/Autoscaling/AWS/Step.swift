/// A range of a metric and the adjustment in it.
public struct Step: Equatable, Sendable {
  /// The change of a group's size.
  public enum Adjustment: Equatable, Sendable {
    /// A percentage of the current size (`PercentChangeInCapacity`).
    case percent(Double)
    /// A number of instances (`ChangeInCapacity`).
    case change(Int)
    /// A size (`ExactCapacity`).
    case exact(Int)
  }

  /// The bound nearer to the threshold, inclusive.
  public var from: Double
  /// The bound farther from the threshold, exclusive; `nil` if the step is open.
  public var to: Double?
  /// Whether the step holds for values above `from`, rather than below it.
  public var isAbove: Bool
  /// The adjustment.
  public var adjustment: Adjustment

  /// Creates a step.
  public init(from: Double, to: Double? = nil, isAbove: Bool, _ adjustment: Adjustment) {
    self.from = from
    self.to = to
    self.isAbove = isAbove
    self.adjustment = adjustment
  }

  /// Returns whether a value of the metric is in the range.
  func contains(_ value: Double) -> Bool {
    isAbove ? value >= from && value < to ?? .infinity : value <= from && value > to ?? -.infinity
  }

  /// The range as text, such as `from 60 up to 70`.
  var range: String { range(of: "") }

  /// Returns the range of a metric as text, such as `from 60 % up to 70 %`.
  func range(of metric: String) -> String {
    let nearer = text(from, of: metric)
    let farther = to.map { text($0, of: metric) }
    return isAbove
      ? "from \(nearer)\(farther.map { " up to \($0)" } ?? "")"
      : "from \(nearer)\(farther.map { " down to \($0)" } ?? " down")"
  }
}

extension Step.Adjustment {
  /// Returns the size of a group after the adjustment.
  ///
  /// A percentage that changes less than one instance changes one; beyond that, it is rounded toward zero.
  ///
  /// - Parameter magnitude: The least number of instances that a percentage adds or removes.
  func size(from base: Int, atLeast magnitude: Int = 0) -> Int {
    switch self {
    case .exact(let size): return size
    case .change(let change): return min(Bounds.most, base + change)
    case .percent(let percent):
      let raw = snapped(Double(base) * percent / 100)
      let sign = raw < 0 ? -1 : raw > 0 ? 1 : 0
      let change = abs(raw) < 1 ? sign : count(raw.rounded(.towardZero))
      return min(Bounds.most, base + (abs(change) < magnitude ? sign * magnitude : change))
    }
  }

  /// The adjustment as text.
  var words: String {
    switch self {
    case .percent(let percent): (percent > 0 ? "+" : "") + "\(text(percent)) %"
    case .change(let change): (change > 0 ? "+" : "") + "\(change)"
    case .exact(let size): "exactly \(size)"
    }
  }
}
