/// Returns a number for a reason: whole if it is whole, else with at most three decimals.
func text(_ value: Double) -> String {
  guard abs(value) < 1e15 else { return "\(value)" }
  let thousandths = (value * 1000).rounded()
  let whole = (thousandths / 1000).rounded(.towardZero)
  let rest = Int((thousandths - whole * 1000).magnitude.rounded())
  let sign = value < 0 && whole == 0 && rest > 0 ? "-" : ""
  if rest == 0 { return "\(Int(whole))" }
  var digits = "\(1000 + rest)".dropFirst()
  while digits.hasSuffix("0") { digits.removeLast() }
  return "\(sign)\(Int(whole)).\(digits)"
}

/// Returns a value of a metric for a reason, with its unit if the metric is utilization, which is in percent.
func text(_ value: Double, of metric: String) -> String {
  metric == Metric.utilization ? "\(text(value)) %" : text(value)
}

/// Returns a number without the error of a few operations, if it is a whole one but for that.
func snapped(_ value: Double) -> Double {
  let whole = value.rounded()
  return (value - whole).magnitude <= 1e-12 * max(1, whole.magnitude) ? whole : value
}

/// Returns a count from a number that is whole already, within the greatest size of a group.
func count(_ value: Double) -> Int {
  value >= Double(Bounds.most) ? Bounds.most : value > -Double(Bounds.most) ? Int(value) : -Bounds.most
}
