import ModelKit
import Synchronization

/// Two threads that make N + 1 transfers each between two accounts, and lock both accounts for each.
///
/// A thread that does not get its second lock in time looks whether the other one waits, too. Each then holds the lock that
/// the other needs: a deadlock, and not a slow thread. Both give up. The result is the number of finished transfers.
enum Deadlock: Experiment {
  /// The order of the locks.
  private enum Order: String, CaseIterable {
    /// Opposite orders: the threads deadlock if both take their first lock at the same time.
    case opposite
    /// Opposite orders, and each thread waits with its first lock until the other has its own.
    case held
    /// The same order in both threads.
    case same
  }

  static let workload = Workload(
    name: "deadlock",
    summary: "make N + 1 transfers per thread, each with two locks, in opposite orders or in one",
    work: .numbers(Order.allCases.map { .variant($0.rawValue) }))

  /// The time after which a thread that waits for its second lock suspects a deadlock, in nanoseconds.
  static let patience: UInt64 = 50_000_000

  static func run(_ job: Job) throws -> TrialRecord {
    guard let order = job.kernel.flatMap({ Order(rawValue: $0.name) }) else {
      throw ExperimentError("unknown order (expected opposite, held, same)")
    }
    guard job.workers == 2 else {
      throw ExperimentError("two threads exchange the locks (use --workers 2)")
    }
    let bank = Bank()
    let region = Region(job)
    let threads = try (0..<2).map { worker in
      try Thread {
        region.work(as: worker) {
          bank.start.meet()
          var transfers: UInt64 = 0
          while transfers <= job.last, bank.transfer(as: worker, order) { transfers += 1 }
          return UInt128(transfers)
        }
      }
    }
    threads.forEach { $0.join() }
    var record = region.finish()
    for position in record.shares?.indices ?? 0..<0 { record.shares?[position].range = nil }
    return record
  }

  /// An account with its lock.
  private final class Account: Sendable {
    let balance = Mutex(0)
    /// Whether a thread holds this lock and waits for its second one.
    let isHeldByWaiter = Atomic(false)
  }

  /// Two accounts.
  private final class Bank: Sendable {
    let start = Meeting()
    private let accounts = [Account(), Account()]
    private let between = Meeting()
    private let isDeadlocked = Atomic(false)
    private let end = Meeting()

    /// Moves money from one account to the other.
    ///
    /// - Returns: Whether that was done; `false` after a deadlock.
    func transfer(as worker: Int, _ order: Order) -> Bool {
      let number = order == .same ? 0 : worker
      let (first, second) = (accounts[number], accounts[1 - number])
      return first.balance.withLock { balance in
        if order == .held { between.meet() }
        first.isHeldByWaiter.store(true, ordering: .sequentiallyConsistent)
        var suspicion = Clock.monotonic.now() + Deadlock.patience
        while second.balance.withLockIfAvailable({ $0 += 1 }) == nil {
          if isDeadlocked.load(ordering: .sequentiallyConsistent) { return giveUp() }
          let now = Clock.monotonic.now()
          if now > suspicion {
            // The other thread holds the second lock, and waits for the first, which this one holds.
            if second.isHeldByWaiter.load(ordering: .sequentiallyConsistent) { return giveUp() }
            suspicion = now + Deadlock.patience
          }
          Clock.sleep(until: now + 10_000)
        }
        first.isHeldByWaiter.store(false, ordering: .sequentiallyConsistent)
        balance -= 1
        return true
      }
    }

    /// Ends the attempt of a thread, together with the other's: if one released its lock at once, the other might get it.
    private func giveUp() -> Bool {
      isDeadlocked.store(true, ordering: .sequentiallyConsistent)
      end.meet()
      return false
    }
  }
}

/// A place where each of two threads waits for the other, once.
private final class Meeting: Sendable {
  private let arrived = Atomic(0)

  func meet() {
    arrived.add(1, ordering: .sequentiallyConsistent)
    while arrived.load(ordering: .sequentiallyConsistent) < 2 {
      Clock.sleep(until: Clock.monotonic.now() + 10_000)
    }
  }
}
