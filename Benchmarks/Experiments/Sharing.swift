import CKernels
import Dispatch
import ModelKit
import Synchronization

/// The sum 0…N with each number added to a total in memory: a shared one, or one per worker.
enum Sharing: Experiment {
  /// The total that a worker adds to.
  enum Total: String, CaseIterable {
    /// One total per worker, each on a cache line of its own.
    case own = "private"
    /// One total per worker, all on the same cache lines: false sharing.
    case adjacent
    /// One atomic.
    case atomic
    /// One total protected by a lock.
    case mutex
    /// One actor, and a message for each number.
    case actor
    /// One actor, and a message for each worker.
    case message
  }

  static let workload = Workload(
    name: "sharing", summary: "add each number of 0…N to a total in memory, shared or one per worker",
    work: .numbers(Total.allCases.map { .variant($0.rawValue) }))

  static func run(_ job: Job) async throws -> TrialRecord {
    try job.requireSumOf64Bits()
    switch job.kernel.flatMap({ Total(rawValue: $0.name) }) {
    case .own: return runInSlots(job, stride: Slots.lineAndNeighbour)
    case .adjacent: return runInSlots(job, stride: 1)
    case .atomic: return runWithAtomic(job)
    case .mutex: return runWithMutex(job)
    case .actor:
      return await runWithActor(job) { total, numbers in
        for number in numbers { await total.add(number) }
      }
    case .message:
      return await runWithActor(job) { total, numbers in
        var sum: UInt64 = 0
        for number in numbers { sum &+= scaleup_opaque_u64(number) }
        await total.add(sum)
      }
    case nil:
      throw ExperimentError(
        "unknown total (expected \(Total.allCases.map(\.rawValue).joined(separator: ", ")))")
    }
  }

  private static func runInSlots(_ job: Job, stride: Int) -> TrialRecord {
    let slots = Slots(job.workers, stride: stride)
    let region = Region(job)
    DispatchQueue.concurrentPerform(iterations: job.workers) { worker in
      region.work(as: worker) {
        for number in job.range(of: worker) ?? 0..<0 { slots.add(number, as: worker) }
        return UInt128(slots.total(of: worker))
      }
    }
    return region.finish()
  }

  private static func runWithAtomic(_ job: Job) -> TrialRecord {
    let total = SharedAtomic()
    return runSharing(job, { total.value.wrappingAdd($0, ordering: .relaxed) }) {
      total.value.load(ordering: .relaxed)
    }
  }

  private static func runWithMutex(_ job: Job) -> TrialRecord {
    let total = SharedMutex()
    return runSharing(job, { number in total.value.withLock { $0 &+= number } }) {
      total.value.withLock { $0 }
    }
  }

  @inline(__always)
  private static func runSharing(
    _ job: Job, _ add: @Sendable (UInt64) -> Void, total: () -> UInt64
  ) -> TrialRecord {
    let region = Region(job)
    DispatchQueue.concurrentPerform(iterations: job.workers) { worker in
      region.work(as: worker) {
        for number in job.range(of: worker) ?? 0..<0 { add(number) }
        return 0
      }
    }
    return finish(region, UInt128(total()))
  }

  /// Runs one child task per worker, which adds its numbers to the actor's total.
  private static func runWithActor(
    _ job: Job, _ add: @escaping @Sendable (SharedActor, Range<UInt64>) async -> Void
  ) async -> TrialRecord {
    let total = SharedActor()
    let region = Region(job)
    await withDiscardingTaskGroup { group in
      for worker in 0..<job.workers {
        group.addTask(priority: Processor.fastPriority) {
          await add(total, job.range(of: worker) ?? 0..<0)
        }
      }
    }
    var record = finish(region, UInt128(await total.value))
    // The CPU time of tasks that suspend cannot be measured.
    record.shares = nil
    return record
  }

  private static func finish(_ region: Region, _ total: UInt128) -> TrialRecord {
    var record = region.finish()
    record.result = ExactInteger(total)
    return record
  }
}

private final class SharedAtomic: Sendable {
  let value = Atomic<UInt64>(0)
}

private final class SharedMutex: Sendable {
  let value = Mutex<UInt64>(0)
}

private actor SharedActor {
  var value: UInt64 = 0

  func add(_ number: UInt64) {
    value &+= number
  }
}

/// One total per worker, at a given stride.
///
/// `@unchecked Sendable` is safe because the memory holds only atomics and lives as long as this object.
private final class Slots: @unchecked Sendable {
  /// The number of atomics on two cache lines of 64 bytes, which x86 fetches in pairs, or on one of Apple's of 128.
  static let lineAndNeighbour = 16

  private let memory: UnsafeMutablePointer<Atomic<UInt64>>
  private let count: Int
  private let stride: Int

  init(_ workers: Int, stride: Int) {
    count = workers * stride
    self.stride = stride
    memory = .allocate(capacity: count)
    for place in 0..<count { (memory + place).initialize(to: Atomic(0)) }
  }

  deinit {
    memory.deinitialize(count: count)
    memory.deallocate()
  }

  /// Adds a number with a load and a store, because only one worker writes this total.
  @inline(__always)
  func add(_ number: UInt64, as worker: Int) {
    let slot = memory + worker * stride
    let before = slot.pointee.load(ordering: .relaxed)
    slot.pointee.store(before &+ number, ordering: .relaxed)
  }

  func total(of worker: Int) -> UInt64 {
    memory[worker * stride].load(ordering: .relaxed)
  }
}
