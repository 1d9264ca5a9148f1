import ModelKit

/// Child tasks that each withdraw all of an account of N + 1, where the account is an actor.
///
/// A method of an actor that suspends lets others run meanwhile. The result is the sum of what the tasks got. It is right if it
/// is N + 1. A meeting of all tasks stands for the wait, so that the order is the same every time.
enum Reentrancy: Experiment {
  /// The way to withdraw.
  private enum Way: String, CaseIterable {
    /// Checks the balance, waits, and subtracts.
    case unchecked
    /// Checks the balance, waits, checks it again, and subtracts.
    case rechecked
    /// Waits first, then checks and subtracts without a suspension in between.
    case together
  }

  static let workload = Workload(
    name: "reentrancy", summary: "withdraw N + 1 in every child task from an actor that has N + 1 in all",
    work: .numbers(Way.allCases.map { .variant($0.rawValue) }))

  static func run(_ job: Job) async throws -> TrialRecord {
    guard let way = job.kernel.flatMap({ Way(rawValue: $0.name) }) else {
      throw ExperimentError("unknown way (expected unchecked, rechecked, together)")
    }
    let amount = Int128(job.last) + 1
    let account = Account(balance: amount, confirmation: Confirmation(of: job.workers))
    let region = Region(job)
    let paid = await withTaskGroup(of: Int128.self) { group in
      for _ in 0..<job.workers {
        group.addTask(priority: Processor.fastPriority) {
          let isPaid =
            switch way {
            case .unchecked: await account.withdraw(amount)
            case .rechecked: await account.withdrawRechecking(amount)
            case .together: await account.withdrawTogether(amount)
            }
          return isPaid ? amount : 0
        }
      }
      return await group.reduce(0, +)
    }
    var record = region.finish()
    record.result = ExactInteger(UInt128(paid))
    // The CPU time of tasks that suspend cannot be measured.
    record.shares = nil
    return record
  }
}

private actor Account {
  private var balance: Int128
  private let confirmation: Confirmation

  init(balance: Int128, confirmation: Confirmation) {
    (self.balance, self.confirmation) = (balance, confirmation)
  }

  func withdraw(_ amount: Int128) async -> Bool {
    guard balance >= amount else { return false }
    await confirmation.wait()
    balance -= amount
    return true
  }

  func withdrawRechecking(_ amount: Int128) async -> Bool {
    guard balance >= amount else { return false }
    await confirmation.wait()
    guard balance >= amount else { return false }
    balance -= amount
    return true
  }

  func withdrawTogether(_ amount: Int128) async -> Bool {
    await confirmation.wait()
    guard balance >= amount else { return false }
    balance -= amount
    return true
  }
}

/// A confirmation that comes when all tasks wait for it.
private actor Confirmation {
  private var missing: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(of tasks: Int) { missing = tasks }

  func wait() async {
    missing -= 1
    if missing > 0 { return await withCheckedContinuation { waiting.append($0) } }
    waiting.forEach { $0.resume() }
    waiting = []
  }
}
