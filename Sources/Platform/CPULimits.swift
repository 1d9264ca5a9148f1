import CPlatform

/// How many CPUs a process may keep busy, and by which of the machine's limits.
public struct CPULimits: Equatable, Sendable {
  /// What limits the CPUs of a process.
  public enum Limit: String, CaseIterable, Sendable {
    /// There are no more CPUs online.
    case online
    /// The process's affinity mask, as `taskset` sets it.
    case affinity
    /// The CPUs that control groups leave to the process; its affinity mask never names others.
    case cpuset
    /// The CPU time that control groups grant.
    case quota
  }

  /// CPUs that are online.
  public var online: Int
  /// CPUs that the affinity mask of this process names; `nil` where the system has no such mask.
  public var affinity: Int?
  /// CPUs that the control groups leave to this process; `nil` where they do not say.
  public var cpuset: Int?
  /// CPU time a second that the control groups above this process grant, in CPUs; `nil` where they set no quota.
  public var quota: Double?
  /// The quotas of which that is the tightest, from the topmost group down.
  public var quotas: [CPUQuota]

  /// Describes limits.
  public init(
    online: Int, affinity: Int? = nil, cpuset: Int? = nil, quota: Double? = nil, quotas: [CPUQuota] = []
  ) {
    self.online = online
    self.affinity = affinity
    self.cpuset = cpuset
    self.quota = quota
    self.quotas = quotas
  }

  /// The limits of the calling process.
  ///
  /// - Parameter tree: Where the control groups are looked up.
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
  /// The cpuset is not asked: it acts through the affinity mask.
  public var effective: Int {
    var least = online
    if let affinity { least = min(least, affinity) }
    if let quota, quota < Double(least) { least = Int(quota.rounded(.up)) }
    return max(1, least)
  }

  /// The least of the limits without the affinity mask, which a launcher of processes sets for each of them.
  public var effectiveUnbound: Int {
    CPULimits(online: cpuset.map { min($0, online) } ?? online, quota: quota).effective
  }

  /// The limits that make it so few: those that are less than all others, several where they are equal; `online`
  /// alone where nothing is less than the machine itself.
  public var binding: [Limit] {
    let amounts: [(limit: Limit, cpus: Double)] = [
      (.affinity, affinity.map { Double($0) }), (.quota, quota),
    ].compactMap { limit, cpus in cpus.map { (limit, $0) } }
    guard let least = amounts.map(\.cpus).min(), least < Double(online) else { return [.online] }
    return amounts.filter { $0.cpus == least }.map { entry in
      // A mask that names just the CPUs of the cpuset is the cpuset's doing.
      entry.limit == .affinity && affinity == cpuset ? .cpuset : entry.limit
    }
  }

  /// The most child tasks that Swift's task pool runs at a time.
  ///
  /// On Linux the runtime hands tasks to a queue of libdispatch, whose pool has as many threads as
  /// `pthread_getaffinity_np` names CPUs when it starts, and as many as are online where that fails
  /// (`_dispatch_root_queue_init_pthread_pool` in `queue.c`, `shims/hw_config.h`). A quota makes it no smaller.
  /// Elsewhere it is as wide as there are CPUs online.
  public var taskPoolWidth: Int { affinity ?? online }
}
