/// The faults that a fleet makes on purpose: one of each kind per period, in nanoseconds of wall time.
public struct FaultSchedule: Equatable, Sendable {
  /// The kinds of faults.
  public enum Kind: String, CaseIterable, Sendable {
    /// The instance is killed.
    case kill
    /// The instance stops running, but does not end.
    case freeze
    /// The instance runs for a small part of the time only.
    case slow
  }

  /// A fault and its victim.
  public struct Fault: Equatable, Sendable {
    /// The kind.
    public let kind: Kind
    /// The name of the instance.
    public let instance: String
  }

  private var entries: [(kind: Kind, period: UInt64, next: UInt64)]

  /// Creates a schedule. The first fault of a kind comes after its period.
  public init(_ periods: [Kind: UInt64]) {
    entries = Kind.allCases.compactMap { kind in
      periods[kind].map { (kind, Swift.max(1, $0), Swift.max(1, $0)) }
    }
  }

  /// The time of the next fault; `nil` if there is none.
  public var next: UInt64? { entries.map(\.next).min() }

  /// Returns the faults that are due. One without a possible victim is left out.
  ///
  /// - Parameters:
  ///   - instances: The possible victims. Each is chosen once.
  ///   - pick: Returns a random number below its argument.
  public mutating func take(
    at now: UInt64, among instances: [String], _ pick: (Int) -> Int
  ) -> [Fault] {
    var (faults, candidates): ([Fault], [String]) = ([], instances)
    for index in entries.indices where entries[index].next <= now {
      while entries[index].next <= now { entries[index].next += entries[index].period }
      if candidates.isEmpty { continue }
      faults.append(Fault(kind: entries[index].kind, instance: candidates.remove(at: pick(candidates.count))))
    }
    return faults
  }

  /// Returns whether two schedules are equal.
  public static func == (one: Self, other: Self) -> Bool {
    one.entries.elementsEqual(other.entries) { $0 == $1 }
  }
}
