import ModelKit

/// A limit of open descriptors (`RLIMIT_NOFILE`) that is too low for the pipes of all workers.
struct DescriptorShortage: Error, Equatable, CustomStringConvertible {
  /// The number of workers.
  let workers: Int
  /// The system call that failed.
  let error: SystemError

  private static let pipesPerWorker = 2

  /// Makes a shortage from an error; `nil` if the error has another cause.
  init?(_ error: any Error, workers: Int) {
    guard let error = error as? SystemError, error.isDescriptorLimit else { return nil }
    (self.workers, self.error) = (workers, error)
  }

  /// Raises the limit so that the pipes of `workers` fit, as far as this process may.
  ///
  /// - Returns: The limit after that.
  @discardableResult
  static func raiseLimit(for workers: Int) -> Int {
    reserveDescriptors(count(for: workers))
  }

  /// One end of each pipe stays open in the parent; while a worker is forked, both ends of its pipes are.
  private static func count(for workers: Int) -> Int { pipesPerWorker * (workers + 1) }

  var description: String {
    "\(error): \(Readable.count(workers, "worker")) need \(Self.count(for: workers)) descriptors "
      + "(limit: \(Self.raiseLimit(for: workers)); raise it with ulimit -n, or use fewer --workers)"
  }
}
