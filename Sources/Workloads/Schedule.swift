/// How the numbers of a job are dealt to its workers.
public struct Schedule: Equatable, Sendable {
  /// The kind of dealing.
  public enum Kind: String, CaseIterable, Sendable {
    /// Every worker's numbers are known before it begins.
    case `static`
    /// A worker takes the next chunk when it is done with its last; chunks are of one size.
    case dynamic
    /// As `dynamic`, with chunks that shrink as the numbers run out.
    case guided
  }

  /// The kind of dealing.
  public let kind: Kind
  /// The numbers in a chunk; of a `guided` schedule, the fewest. `nil` where every worker has one range for itself.
  public let grain: UInt64?

  /// One range a worker, all of one size.
  public static let even = Schedule(kind: .static, grain: nil)

  private init(kind: Kind, grain: UInt64?) {
    self.kind = kind
    self.grain = grain
  }

  /// Describes a schedule.
  ///
  /// - Parameters:
  ///   - kind: The kind of dealing.
  ///   - grain: The numbers in a chunk, at least 1; where `nil` and needed, the numbers are dealt in 64 chunks a
  ///     worker, enough to even out costs that differ by a percent of the whole.
  ///   - count: How many numbers there are.
  ///   - workers: How many workers there are.
  public init(_ kind: Kind, grain: UInt64? = nil, count: UInt64, workers: Int) {
    precondition(grain != 0 && workers > 0, "chunks of no numbers, or no workers")
    let parts = 64 * UInt64(workers)
    let chosen = kind == .static ? nil : count / parts + (count.isMultiple(of: parts) ? 0 : 1)
    self.init(kind: kind, grain: grain ?? chosen.map { max(1, $0) })
  }
}
