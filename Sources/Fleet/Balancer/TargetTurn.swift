/// The order in which targets get requests.
struct TargetTurn {
  private var next = 0

  /// Returns the place of the next target, and moves the turn behind it; `nil` if there is none.
  ///
  /// - Parameters:
  ///   - count: The number of targets.
  ///   - balancing: The rule.
  ///   - avoided: A place that is chosen only if it is the only one.
  ///   - load: Returns the requests that the target at a place has in flight.
  @inline(__always)
  mutating func choose(
    among count: Int, by balancing: Balancing, avoiding avoided: Int? = nil, load: (Int) -> Int
  ) -> Int? {
    if count == 0 { return nil }
    if next >= count { next = 0 }
    var best: (place: Int, load: Int)?
    var place = next
    for _ in 0..<count {
      if place != avoided || count == 1 {
        if balancing == .roundRobin {
          best = (place, 0)
          break
        }
        let load = load(place)
        if best.map({ load < $0.load }) ?? true { best = (place, load) }
        if load == 0 { break }
      }
      place = place + 1 == count ? 0 : place + 1
    }
    guard let best else { return nil }
    next = best.place + 1
    return best.place
  }
}
