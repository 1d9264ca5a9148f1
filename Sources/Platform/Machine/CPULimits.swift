import CPlatform

/// The number of CPUs that a process can keep busy, and the limits that determine it.
public struct CPULimits: Equatable, Sendable {
  /// A limit on the CPUs of a process.
  public enum Limit: String, CaseIterable, Sendable {
    /// The CPUs that are online.
    case online
    /// The process's affinity mask, as `taskset` sets it.
    case affinity
    /// The CPUs that control groups allow; the affinity mask is always a subset of them.
    case cpuset
    /// The CPU time that control groups allow.
    case quota
  }

  /// The number of CPUs that are online.
  public var online: Int
  /// The number of CPUs in the affinity mask of this process; `nil` if the system has no such mask.
  public var affinity: Int?
  /// The number of CPUs in the cpuset of this process's control groups; `nil` if they set none.
  public var cpuset: Int?
  /// The tightest CPU quota of the control groups above this process, in CPUs (CPU time per second); `nil` if
  /// they set none.
  public var quota: Double?
  /// The quotas of all those control groups, from the topmost group down.
  public var quotas: [CPUQuota]

  /// Creates a set of limits.
  public init(
    online: Int, affinity: Int? = nil, cpuset: Int? = nil, quota: Double? = nil, quotas: [CPUQuota] = []
  ) {
    self.online = online
    self.affinity = affinity
    self.cpuset = cpuset
    self.quota = quota
    self.quotas = quotas
  }

  /// Returns the limits of the calling process.
  ///
  /// - Parameter tree: The file tree in which to look up the control groups.
  public static func ofThisProcess(in tree: FileTree = .machine) -> CPULimits {
    let online = sysconf(Int32(_SC_NPROCESSORS_ONLN))
    let affinity = Int(scaleup_affinity_count())
    let quotas = ControlGroups.quotas(in: tree)
    return CPULimits(
      online: max(1, online),
      affinity: affinity > 0 ? affinity : nil,
      cpuset: ControlGroups.cpuset(in: tree)?.count,
      quota: quotas.map(\.cpus).min(), quotas: quotas)
  }

  /// The least of the limits, a quota rounded up; at least 1.
  ///
  /// The cpuset is not considered: it already restricts the affinity mask.
  public var effective: Int {
    var least = online
    if let affinity { least = min(least, affinity) }
    if let quota, quota < Double(least) { least = Int(quota.rounded(.up)) }
    return max(1, least)
  }

  /// The least of the limits, ignoring the affinity mask, which a launcher sets for each of its processes.
  public var effectiveUnbound: Int {
    CPULimits(online: cpuset.map { min($0, online) } ?? online, quota: quota).effective
  }

  /// The limits that determine `effective`: those with the least value, several if they are equal; only
  /// `online` if no limit is below it.
  public var binding: [Limit] {
    let amounts: [(limit: Limit, cpus: Double)] = [
      (.affinity, affinity.map { Double($0) }), (.quota, quota),
    ].compactMap { limit, cpus in cpus.map { (limit, $0) } }
    guard let least = amounts.map(\.cpus).min(), least < Double(online) else { return [.online] }
    return amounts.filter { $0.cpus == least }.map { entry in
      // A mask of as many CPUs as the cpuset comes from the cpuset.
      entry.limit == .affinity && affinity == cpuset ? .cpuset : entry.limit
    }
  }

  /// The maximum number of child tasks that Swift's task pool runs at a time.
  ///
  /// On Linux the runtime submits tasks to a queue of libdispatch. Its pool has as many threads as there are
  /// CPUs in the mask that `pthread_getaffinity_np` returns when it starts, or as many as are online if that
  /// call fails (`_dispatch_root_queue_init_pthread_pool` in `queue.c`, `shims/hw_config.h`). A quota does
  /// not make it smaller. On other systems it has one thread per online CPU.
  public var taskPoolWidth: Int { affinity ?? online }
}
