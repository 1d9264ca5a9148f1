import ModelKit

/// A worker whose pipes could not be created, because too few descriptors may be open: how many it takes.
struct DescriptorShortage: Error, Equatable, CustomStringConvertible {
  /// How many workers there were to be.
  let workers: Int
  /// What the system refused.
  let refusal: SystemError

  private static let pipesOfWorker = 2

  /// Raises the limit of open descriptors so that so many workers fit, as far as this process may.
  ///
  /// - Returns: The limit as it is then.
  @discardableResult
  static func raiseLimit(for workers: Int) -> Int {
    reserveDescriptors(count(for: workers))
  }

  /// Of each pipe one end stays open, and both of the worker that is being forked.
  private static func count(for workers: Int) -> Int { pipesOfWorker * (workers + 1) }

  var description: String {
    "\(refusal): \(Readable.count(workers, "worker")) take \(Self.count(for: workers)) descriptors, and RLIMIT_NOFILE "
      + "allows \(Self.raiseLimit(for: workers)) in all; raise it (ulimit -n), or ask for fewer --workers"
  }
}
