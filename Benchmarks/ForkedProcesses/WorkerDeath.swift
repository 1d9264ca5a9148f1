import ModelKit

/// A worker that ended before it had reported, or did not end well after that.
struct WorkerDeath: Error, Equatable, CustomStringConvertible {
  let worker: Int
  let process: Int32
  let status: ExitStatus?
  /// The range that it had for itself, if it had one.
  let range: Range<UInt64>?
  /// Whether it was to count operations, not to treat numbers.
  let isTimed: Bool
  /// Whether it had reported all that it was asked for.
  var hasReported = false

  var description: String {
    let end = status.map(\.description) ?? "ended"
    if hasReported { return "worker \(worker) (pid \(process)) \(end) after it had reported; run it again" }
    let loss =
      switch range {
      case .none where isTimed: "its operations are not counted"
      case .none: "the numbers of its chunks are not treated"
      case .some(let range) where range.isEmpty: "it had no numbers to treat"
      case .some(let range): "the numbers \(range.lowerBound) to \(range.upperBound - 1) are not treated"
      }
    return "worker \(worker) (pid \(process)) \(end) before it reported; \(loss); run it again"
  }
}
