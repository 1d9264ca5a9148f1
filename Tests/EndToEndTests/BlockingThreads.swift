import Foundation
import Synchronization
import Testing

/// Threads for tests that block until a process answers or exits. The threads of Swift's pool, one per CPU, stay free
/// for all other tests.
final class BlockingThreads: TaskExecutor {
  static let shared = BlockingThreads(count: max(4, ProcessInfo.processInfo.activeProcessorCount))

  private let jobs = Mutex<[UnownedJob]>([])
  private let available = DispatchSemaphore(value: 0)

  /// Starts the threads, which never exit.
  private init(count: Int) {
    for _ in 0..<count {
      let thread = Thread { self.run() }
      thread.stackSize = 8 << 20
      thread.start()
    }
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.withLock { $0.append(job) }
    available.signal()
  }

  private func run() {
    while true {
      available.wait()
      jobs.withLock { $0.removeFirst() }.runSynchronously(on: asUnownedTaskExecutor())
    }
  }
}

/// Runs the tests of a suite on `BlockingThreads`.
struct BlockingTrait: SuiteTrait, TestTrait, TestScoping {
  var isRecursive: Bool { true }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await withTaskExecutorPreference(BlockingThreads.shared, operation: function)
  }
}

extension Trait where Self == BlockingTrait {
  /// The tests block until processes answer or exit.
  static var blocking: Self { Self() }
}
