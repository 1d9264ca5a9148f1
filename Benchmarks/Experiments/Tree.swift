import ModelKit
import Synchronization

/// The sum 0…N as an uneven tree: each node adds a part of its numbers itself, and leaves the rest to two children, as a
/// quicksort first partitions and then sorts both sides.
///
/// The children begin when their node has added its part. So the longest path from the root to a leaf takes a time that no
/// number of workers shortens: the span. The variant `path` runs that path alone.
enum Tree: Experiment {
  /// The way to go through the tree.
  private enum Way: String, CaseIterable {
    /// In one thread.
    case alone
    /// The nodes of the longest path only, in one thread. The sum is theirs.
    case path
    /// A child task per node, on Swift's task pool.
    case tasks
    /// Threads that are assigned in advance: half of a node's workers to each child.
    case halves
  }

  static let workload = Workload(
    name: "tree", summary: "add 0…N in an uneven tree of child tasks, or with workers assigned in advance",
    work: .numbers(Way.allCases.map { .variant($0.rawValue) }))

  /// A node: its own numbers, and those of its children.
  struct Node {
    let own: Range<UInt64>
    let children: (large: Range<UInt64>, small: Range<UInt64>)?

    /// Makes the node of some numbers; one with few is a leaf, which adds all of them itself.
    init(_ numbers: Range<UInt64>, least: UInt64) {
      let count = numbers.upperBound - numbers.lowerBound
      guard count > least else {
        (own, children) = (numbers, nil)
        return
      }
      let middle = numbers.lowerBound + count / 20
      let end = middle + (numbers.upperBound - middle) / 4 * 3
      own = numbers.lowerBound..<middle
      children = (middle..<end, end..<numbers.upperBound)
    }
  }

  static func run(_ job: Job) async throws -> TrialRecord {
    guard let way = job.kernel.flatMap({ Way(rawValue: $0.name) }) else {
      throw ExperimentError("unknown way (expected alone, path, tasks, halves)")
    }
    let all = 0..<job.last + 1
    // A leaf takes much longer than the creation of a task.
    let least = max(20, all.upperBound / 1000)
    let region = Region(job)
    var total: UInt128?
    switch way {
    case .alone: total = sum(of: all, least)
    case .path: total = sumOfPath(all, least)
    case .tasks: total = await sumInTasks(of: all, least)
    case .halves:
      let team = Team()
      work(all, 0..<job.workers, least, region, team)
      try team.join()
    }
    var record = region.finish()
    if let total {
      record.result = ExactInteger(total)
      // Nodes are no one worker's share.
      record.shares = nil
    }
    for position in record.shares?.indices ?? 0..<0 { record.shares?[position].range = nil }
    return record
  }

  private static let add = Workload.sum.kernels[0].compute

  static func sum(of numbers: Range<UInt64>, _ least: UInt64) -> UInt128 {
    let node = Node(numbers, least: least)
    guard let (large, small) = node.children else { return add(node.own) }
    return add(node.own) + sum(of: large, least) + sum(of: small, least)
  }

  private static func sumOfPath(_ numbers: Range<UInt64>, _ least: UInt64) -> UInt128 {
    let node = Node(numbers, least: least)
    return add(node.own) + (node.children.map { sumOfPath($0.large, least) } ?? 0)
  }

  private static func sumInTasks(of numbers: Range<UInt64>, _ least: UInt64) async -> UInt128 {
    let node = Node(numbers, least: least)
    let own = add(node.own)
    guard let (large, small) = node.children else { return own }
    async let other = sumInTasks(of: small, least)
    return await own + sumInTasks(of: large, least) + other
  }

  /// Runs the share of the first of some workers on the calling thread: the own parts of the nodes that it shares with others,
  /// and its half of the large children. The others begin with the small children.
  private static func work(
    _ numbers: Range<UInt64>, _ workers: Range<Int>, _ least: UInt64, _ region: Region, _ team: Team
  ) {
    region.work(as: workers.lowerBound) {
      var (total, numbers, workers) = (UInt128(0), numbers, workers)
      while workers.count > 1 {
        let node = Node(numbers, least: least)
        total += add(node.own)
        guard let (large, small) = node.children else { return total }
        let middle = workers.upperBound - workers.count / 2
        let others = middle..<workers.upperBound
        team.start { work(small, others, least, region, team) }
        (numbers, workers) = (large, workers.lowerBound..<middle)
      }
      return total + sum(of: numbers, least)
    }
  }
}

/// Threads that start others.
private final class Team: Sendable {
  private let state = Mutex<(threads: [Thread], failure: SystemError?)>(([], nil))

  /// Starts a thread, or keeps the error for `join()`.
  func start(_ body: @escaping @Sendable () -> Void) {
    do throws(SystemError) {
      let thread = try Thread(body)
      state.withLock { $0.threads.append(thread) }
    } catch {
      state.withLock { $0.failure = error }
    }
  }

  /// Waits until all threads have exited, also those that others start meanwhile.
  ///
  /// - Throws: The error of a thread that could not be started.
  func join() throws(SystemError) {
    while let thread = state.withLock({ $0.threads.popLast() }) { thread.join() }
    if let failure = state.withLock({ $0.failure }) { throw failure }
  }
}
