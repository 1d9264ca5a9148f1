/// The assignment of a job's numbers to its workers.
public struct Schedule: Equatable, Sendable {
  /// The kind of schedule.
  public enum Kind: String, CaseIterable, Sendable {
    /// Every worker's numbers are assigned before it begins.
    case `static`
    /// Each worker takes the next chunk when it has finished its last one; chunks have the same size.
    case dynamic
    /// Like `dynamic`, but chunks shrink as the numbers run out.
    case guided
  }

  /// The kind of schedule.
  public let kind: Kind
  /// The numbers per chunk; for a `guided` schedule, the minimum. `nil` if every worker has one range.
  public let grain: UInt64?

  /// One range per worker, all of the same size.
  public static let even = Schedule(kind: .static, grain: nil)

  private init(kind: Kind, grain: UInt64?) {
    self.kind = kind
    self.grain = grain
  }

  /// Creates a schedule.
  ///
  /// - Parameters: The kind of schedule.
  ///   - grain: The numbers per chunk, at least 1. If `nil`, a schedule with chunks has 64 chunks per worker,
  ///     enough to balance costs that differ by one percent of the whole.
  ///   - count: The number of numbers.
  ///   - workers: The number of workers.
  public init(_ kind: Kind, grain: UInt64? = nil, count: UInt64, workers: Int) {
    precondition(grain != 0 && workers > 0, "chunks of no numbers, or no workers")
    let parts = 64 * UInt64(workers)
    let chosen = kind == .static ? nil : count / parts + (count.isMultiple(of: parts) ? 0 : 1)
    self.init(kind: kind, grain: grain ?? chosen.map { max(1, $0) })
  }
}
