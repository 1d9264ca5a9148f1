import Arguments
import Platform
import Records
import Workloads

/// The arrays that a job of `memory` asks for.
public struct JobArrays: Equatable, Sendable {
  /// The operation.
  public let operation: StreamOperation
  /// The bytes of each array.
  public let size: UInt64
  /// Whether stores go past the caches if the processor can: the arrays are too large for them.
  let isStreaming: Bool

  /// Creates a request for arrays.
  ///
  /// - Parameter caches: The caches of this machine.
  public init(_ operation: StreamOperation, size: UInt64, caches: CacheLevels) {
    self.operation = operation
    self.size = size
    isStreaming = size > caches.last / 3
  }

  /// The bytes of all arrays together.
  var bytes: Int { StreamArrays.bytes(size: size) }

  /// Returns the size of the arrays if none is given: four times all last-level caches together, or less if that is more than
  /// half of the available memory.
  static func standardSize(_ caches: CacheLevels, available: UInt64?) -> UInt64 {
    min(caches.leastArray, max(StreamArrays.smallestSize, (available ?? .max) / 6))
  }

  /// Checks that the available memory holds the arrays.
  ///
  /// - Throws: `UsageError` if it does not.
  func requireMemory(_ available: UInt64?) throws(UsageError) {
    guard let available, UInt64(bytes) > available else { return }
    throw .other(
      "--size \(size) needs \(Readable.memory(bytes: UInt64(bytes))) for three arrays, but only "
        + "\(Readable.memory(bytes: available)) are available (try --size \(max(1, available / 6 / (1 << 20)))M)"
    )
  }
}

extension CacheLevels {
  /// The caches of the CPUs that this process may use.
  static func ofThisProcess() -> CacheLevels {
    let caches = MachineFacts.ofThisMachine().caches.map {
      Passport.Cache(level: $0.level, type: $0.type, size: $0.size, sharedBy: $0.sharedBy, cpus: $0.cpus)
    }
    return CacheLevels(caches, cpus: CPULimits.ofThisProcess().effective)
  }
}

extension Job {
  /// A part of a trial of `memory`. Each is a region of the model, because only its workers can reach all arrays: forked ones
  /// have memory of their own.
  public enum Phase: UInt64, Sendable {
    /// Every worker writes the first values of its part, which puts the memory near it. It is not timed.
    case touch
    /// The work; the only phase of all other workloads.
    case work
    /// Every worker compares its part with the exact values. It is not timed.
    case check
  }

  /// Returns the job with its arrays allocated, if it has some.
  func allocated() -> Job {
    guard let request = streams, let kernel, case .upTo(let last) = extent else { return self }
    var job = self
    let arrays = StreamArrays(
      size: request.size, request.operation, kernel, isStreaming: request.isStreaming, steps: last + 1,
      workers: workers)
    Memory.preferLargePages(arrays.memory)
    job.arrays = arrays
    return job
  }

  /// Returns the job in another phase; `nil` if it has no arrays, and so no phases.
  func inPhase(_ phase: Phase) -> Job? {
    guard arrays != nil else { return nil }
    var job = self
    job.phase = phase
    return job
  }
}
