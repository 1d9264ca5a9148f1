/// A record from outside whose values have bounds, so that nothing that computes with them can overflow.
protocol Bounded {
  /// Checks every value that is computed with.
  func check(_ bounds: inout Bounds)
}

/// Checks the values of a record, and keeps the first one that is out of bounds.
struct Bounds {
  /// The most of anything that is counted one by one, such as workers, CPUs or rounds.
  static let mostCount = 1_000_000_000
  /// The most nanoseconds, bytes or events: 10^18 ns are 31 years.
  static let mostAmount: UInt64 = 1_000_000_000_000_000_000
  /// The longest name that reports repeat in every row, in bytes.
  static let longestName = 1000
  /// The most entries of a list about a machine, such as its caches.
  static let mostFacts = 1000

  /// The first value out of bounds and the members that lead to it; `nil` if there is none.
  private var violation: (path: [String], value: String)?

  /// Checks a record.
  init(_ record: some Bounded) {
    record.check(&self)
  }

  /// The first value out of bounds, as a predicate of the record; `nil` if there is none.
  var problem: String? {
    violation.map { "has an invalid value at '\($0.path.joined(separator: "."))': \($0.value)" }
  }

  /// Checks a number of things.
  mutating func count(_ value: Int?, _ name: String = "") {
    require(value, in: 0...Self.mostCount, name)
  }

  /// Checks an amount of time, memory or events.
  mutating func amount(_ value: UInt64?, _ name: String = "") {
    require(value, in: 0...Self.mostAmount, name)
  }

  /// Checks an amount of events.
  mutating func amount(_ value: Int?, _ name: String = "") {
    require(value, in: 0...Int(Self.mostAmount), name)
  }

  /// Checks a fractional number of CPUs or a fraction.
  mutating func number(_ value: Double?, _ name: String = "") {
    require(value, in: 0...Double(Self.mostCount), name)
  }

  /// Checks a name that reports repeat.
  mutating func name(_ value: String?, _ name: String) {
    if let value, value.utf8.count > Self.longestName { fail(name, "\(value.prefix(50))…") }
  }

  /// Checks a time such as `2026-11-28T00:36:21Z`.
  mutating func date(_ value: String, _ name: String = "") {
    if !isTimestamp(value) { fail(name, "'\(value.prefix(50))'") }
  }

  /// Checks the length of a list about a machine.
  mutating func facts(_ list: [some Any]?, _ name: String) {
    if let list, list.count > Self.mostFacts { fail(name, "\(list.count) entries") }
  }

  /// Checks that a value is in a range.
  mutating func require<Value>(_ value: Value?, in range: ClosedRange<Value>, _ name: String = "") {
    if let value, !range.contains(value) { fail(name, "\(value)") }
  }

  /// Checks the values of a member.
  mutating func nested(_ record: (some Bounded)?, _ name: String) {
    guard violation == nil, let record else { return }
    record.check(&self)
    violation?.path.insert(name, at: 0)
  }

  /// Checks the values of the elements of a list.
  mutating func each(_ list: [some Bounded]?, _ name: String) {
    each(list, name) { bounds, record in record.check(&bounds) }
  }

  /// Checks the elements of a list, which have no names of their own.
  mutating func each<Element>(
    _ list: [Element]?, _ name: String, _ check: (inout Bounds, Element) -> Void
  ) {
    guard violation == nil, let list else { return }
    for (position, element) in list.enumerated() {
      check(&self, element)
      if violation != nil {
        violation?.path.insert(contentsOf: (name.isEmpty ? [] : [name]) + ["\(position)"], at: 0)
        return
      }
    }
  }

  private mutating func fail(_ name: String, _ value: String) {
    if violation == nil { violation = (name.isEmpty ? [] : [name], value) }
  }
}
