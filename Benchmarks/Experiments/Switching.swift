import CKernels
import ModelKit

/// A byte that is passed N + 1 times between two threads on one CPU: each pass is a context switch.
///
/// Before each pass a thread reads its own memory. With one worker, one thread does the same work without a switch: it
/// passes the byte to itself and reads both memories in turn. The difference per pass is the cost of a switch and of the
/// data that it drives out of the caches (the method of `lat_ctx`: McVoy and Staelin, "lmbench: Portable Tools for
/// Performance Analysis", USENIX (1996)).
enum Switching: Experiment {
  /// The memory that each thread reads before a pass, in bytes.
  private static let memories: [(name: String, bytes: Int)] = [
    ("0KiB", 0), ("64KiB", 64 << 10), ("512KiB", 512 << 10),
  ]

  static let workload = Workload(
    name: "switching",
    summary: "pass a byte N + 1 times between two threads on one CPU, or within one thread",
    work: .numbers(memories.map { .variant($0.name) }))

  static func run(_ job: Job) throws -> TrialRecord {
    guard let (_, bytes) = memories.first(where: { $0.name == job.kernel?.name }) else {
      throw ExperimentError("unknown memory (expected \(memories.map(\.name).joined(separator: ", ")))")
    }
    guard (1...2).contains(job.workers) else {
      throw ExperimentError("a byte is passed by one or two threads (use --workers 1 or 2)")
    }
    guard Processor.canBind, let cpu = Processor.currentCore() else {
      throw ExperimentError(
        "this system does not keep threads on one CPU, so nothing forces a context switch")
    }
    let pipes = try (0..<2).map { _ in try Pipe() }
    let region = Region(job)
    let threads = try (0..<job.workers).map { worker in
      // Worker 0 writes to the first pipe, and its partner to the second. Alone, it reads what it wrote.
      let (source, target) = (pipes[job.workers == 1 ? 0 : 1 - worker].reader, pipes[worker].writer)
      return try Thread {
        do {
          try Processor.bind(to: [cpu])
          try region.work(as: worker) {
            try pass(job, as: worker, from: source, to: target, reading: bytes)
          }
        } catch {
          preconditionFailure("\(error)")
        }
      }
    }
    // A write to a pipe whose reader has ended, and closed it, would end the process.
    withExtendedLifetime(pipes) { threads.forEach { $0.join() } }
    var record = region.finish()
    for position in record.shares?.indices ?? 0..<0 { record.shares?[position].range = nil }
    return record
  }

  /// Takes a worker's turns at passing the byte.
  ///
  /// - Returns: The number of turns.
  private static func pass(
    _ job: Job, as worker: Int, from source: Descriptor, to target: Descriptor, reading bytes: Int
  ) throws -> UInt128 {
    let memories = (0..<(job.workers == 1 ? 2 : 1)).map { _ in [UInt64](repeating: 1, count: bytes / 8) }
    let byte = UnsafeMutableRawBufferPointer.allocate(byteCount: 1, alignment: 1)
    byte[0] = 0
    defer { byte.deallocate() }
    var turns: UInt64 = 0
    for turn in stride(from: UInt64(worker), through: job.last, by: job.workers) {
      if worker == 1 { _ = try source.read(into: byte) }
      readLines(of: memories[Int(turns) % memories.count])
      try target.write(all: UnsafeRawBufferPointer(byte))
      // The last byte of two threads is read by nobody.
      if worker == 0, job.workers == 1 || turn < job.last { _ = try source.read(into: byte) }
      turns += 1
    }
    return UInt128(turns)
  }

  /// Reads one word per cache line of 64 bytes.
  private static func readLines(of memory: [UInt64]) {
    var total: UInt64 = 0
    for word in stride(from: 0, to: memory.count, by: 8) { total &+= scaleup_opaque_u64(memory[word]) }
    _ = scaleup_opaque_u64(total)
  }
}
