import ModelKit

/// A worker that could not be created: which limit was met, and what to do about it.
struct WorkerShortage: Error, Equatable, CustomStringConvertible {
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
    // One more has its pipes with both ends open while it is forked.
    reserveDescriptors(count(for: workers))
  }

  private static func count(for workers: Int) -> Int { pipesOfWorker * (workers + 2) }

  var description: String {
    if refusal.isDescriptorLimit {
      return
        "\(refusal): \(Readable.count(workers, "worker")) take \(Self.count(for: workers)) descriptors, and "
        + "RLIMIT_NOFILE allows \(Self.raiseLimit(for: workers)) in all; raise it (ulimit -n), or ask for "
        + "fewer --workers"
    }
    let limit =
      refusal.isProcessLimit ? ": raise RLIMIT_NPROC (ulimit -u) or the control group's pids.max, or" : ";"
    return "\(refusal)\(limit) ask for fewer --workers"
  }
}
