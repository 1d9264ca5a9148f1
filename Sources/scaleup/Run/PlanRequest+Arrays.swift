import Arguments
import Formatting
import Harness
import Records

extension PlanRequest {
  /// Chooses the size of the arrays of `memory`, or leaves the workload out if there is too little memory for it and nobody asked
  /// for it.
  ///
  /// - Parameter available: The bytes of memory that the run may use; `nil` if they are unknown.
  /// - Returns: What the user should know about the size, a line each.
  /// - Throws: `UsageError` if arrays of the given size do not fit, or if there are no arrays.
  mutating func chooseArrays(
    _ arguments: RunArguments, _ caches: CacheLevels, available: UInt64?
  ) throws(UsageError) -> [String] {
    guard let workload = workloads.first(where: { $0.operations != nil }) else {
      let given = arguments.size != nil ? "--size" : arguments.operations != nil ? "--operation" : nil
      if let given { throw .other("\(given) has no effect without memory (add --workload memory)") }
      return []
    }
    let assumption =
      caches.levels.isEmpty
      ? [
        "memory: the system reports no caches; last-level caches of \(text(CacheLevels.assumedLast)) are assumed"
      ]
      : []
    if let size {
      try requireMemory(for: size, available)
      return assumption + placeNote(size, caches)
    }
    let most = (available ?? .max) / 6 / (1 << 20) * (1 << 20)
    let size = min(caches.leastArray, most)
    if arguments.workloads == nil, size < caches.last {
      workloads.removeAll { $0.name == workload.name }
      return [
        "memory is left out: it needs three arrays of \(text(caches.leastArray)), and "
          + "\(Readable.memory(bytes: available ?? 0)) of memory are available"
      ]
    }
    self.size = max(1 << 20, size)
    let reduction =
      size < caches.leastArray
      ? [
        "memory: arrays of \(text(size)) instead of \(text(caches.leastArray)), because "
          + "\(Readable.memory(bytes: available ?? 0)) of memory are available"
      ] : []
    return assumption + reduction + placeNote(self.size ?? size, caches)
  }

  private func requireMemory(for size: UInt64, _ available: UInt64?) throws(UsageError) {
    let (bytes, overflow) = size.multipliedReportingOverflow(by: 3)
    guard let available, overflow || bytes > available else { return }
    throw .other(
      "--size \(size) is too large: three arrays of \(text(size)) exceed the \(Readable.memory(bytes: available)) of memory "
        + "that are available (try --size \(max(1, available / 6 / (1 << 20)))M)")
  }

  /// Returns a line about the place of the arrays if it is not memory.
  private func placeNote(_ size: UInt64, _ caches: CacheLevels) -> [String] {
    switch caches.place(ofArrays: size) {
    case .memory: []
    case .cache(let level):
      ["memory: three arrays of \(text(size)) fit in L\(level): this is the bandwidth of a cache"]
    case .partly(let level):
      [
        "memory: arrays of \(text(size)) are less than 4 times the L\(level) caches (\(text(caches.last))): part of the bandwidth "
          + "is that of the caches (try --size \(caches.leastArray / (1 << 20))M)"
      ]
    case .unknown:
      ["memory: arrays of \(text(size)) may fit in the caches, whose bandwidth is then part of the result"]
    }
  }

  private func text(_ bytes: UInt64) -> String { Readable.memory(bytes: bytes) }
}
