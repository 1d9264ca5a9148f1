extension Step {
  /// Reads a step. One that adds holds from its lower bound up, one that removes from its upper bound down.
  ///
  /// - Throws: `FieldError`.
  init(from decoder: any Decoder, _ place: String) throws {
    let fields = try Fields(decoder, place, known: ["from", "to", "percent", "change", "exact"])
    let any = NumberRange(least: -1e12, most: 1e12)
    let (from, to) = (try fields.number("from", any), try fields.number("to", any))
    let adjustments: [Adjustment] = [
      try fields.number("percent", NumberRange(least: -100, most: 1e6)).map(Adjustment.percent),
      try fields.integer("change", -Bounds.most...Bounds.most).map(Adjustment.change),
      try fields.integer("exact", 0...Bounds.most).map(Adjustment.exact),
    ].compactMap(\.self)
    guard let adjustment = adjustments.first, adjustments.count == 1 else {
      throw FieldError(
        "has \(adjustments.count) adjustments in \(place) (expected one: percent, change or exact)")
    }
    guard let near = from ?? to else { throw FieldError("lacks 'from' in \(place)") }
    if from == to { throw FieldError("has a \(place) from \(text(near)) to \(text(near)), which is empty") }
    let isUpward = to.map { near < $0 } ?? true
    let isAbove =
      switch adjustment {
      case .percent(let percent): percent == 0 ? isUpward : percent > 0
      case .change(let change): change == 0 ? isUpward : change > 0
      case .exact: isUpward
      }
    if isAbove && (from == nil || !isUpward) {
      throw FieldError("has a \(place) that adds, but runs downward (expected 'from' under 'to')")
    }
    if isAbove {
      self.init(from: near, to: to, isAbove: true, adjustment)
    } else if let from, let to {
      self.init(from: max(from, to), to: min(from, to), isAbove: false, adjustment)
    } else {
      self.init(from: near, isAbove: false, adjustment)
    }
  }

  /// Checks that steps neither overlap nor leave a gap, and that none contradicts another.
  ///
  /// - Throws: `FieldError`.
  static func check(_ steps: [Step]) throws {
    if steps.isEmpty || steps.count > 40 {
      throw FieldError("has \(steps.count) steps in the policy (expected 1 to 40)")
    }
    for isAbove in [true, false] {
      let side = steps.filter { $0.isAbove == isAbove }.sorted {
        isAbove ? $0.from < $1.from : $0.from > $1.from
      }
      if Set(side.map(\.adjustment.unit)).count > 1 {
        throw FieldError("has steps that mix percent, change and exact (expected one of them)")
      }
      for (step, next) in zip(side, side.dropFirst()) where step.to != next.from {
        let isGap = step.to.map { isAbove ? $0 < next.from : $0 > next.from } ?? false
        throw FieldError(
          "has steps that \(isGap ? "leave a gap" : "overlap"): \(step.range), and \(next.range)")
      }
    }
    let above = steps.filter(\.isAbove).min { $0.from < $1.from }
    let below = steps.filter { !$0.isAbove }.max { $0.from < $1.from }
    if let above, let below, below.from >= above.from {
      throw FieldError("has steps that contradict each other: \(above.range) adds, \(below.range) removes")
    }
  }
}

extension Step.Adjustment {
  /// The name of the unit.
  var unit: String {
    switch self {
    case .percent: "percent"
    case .change: "change"
    case .exact: "exact"
    }
  }
}
