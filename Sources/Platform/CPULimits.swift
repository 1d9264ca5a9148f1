import CPlatform

/// How many CPUs a process may keep busy, and by which of the machine's limits.
public struct CPULimits: Equatable, Sendable {
  /// CPUs that are online.
  public var online: Int
  /// CPUs that the affinity mask of this process names; `nil` where the system has no such mask.
  public var affinity: Int?
  /// CPU time a second that the control groups above this process grant, in CPUs; `nil` where they set no quota.
  public var quota: Double?

  /// Describes limits.
  public init(online: Int, affinity: Int? = nil, quota: Double? = nil) {
    self.online = online
    self.affinity = affinity
    self.quota = quota
  }

  /// The limits of the calling process.
  public static func ofThisProcess() -> CPULimits {
    let online = sysconf(Int32(_SC_NPROCESSORS_ONLN))
    let affinity = Int(scaleup_affinity_count())
    return CPULimits(
      online: max(1, online),
      affinity: affinity > 0 ? affinity : nil,
      quota: ControlGroups.quota(in: .machine))
  }

  /// The least of the limits, a quota rounded up; at least 1.
  public var effective: Int {
    var least = online
    if let affinity { least = min(least, affinity) }
    if let quota, quota < Double(least) { least = Int(quota.rounded(.up)) }
    return max(1, least)
  }
}
