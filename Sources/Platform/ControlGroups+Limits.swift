/// CPU time a second that a control group grants to the processes in it and below it.
public struct CPUQuota: Equatable, Sendable {
  /// The version of control groups that sets it: 1 or 2.
  public var version: Int
  /// How far the group is below the topmost one that can be seen from here, which has 0.
  public var depth: Int
  /// The quota in CPUs.
  public var cpus: Double

  /// Describes a quota.
  public init(version: Int, depth: Int, cpus: Double) {
    self.version = version
    self.depth = depth
    self.cpus = cpus
  }
}

extension ControlGroups {
  /// The tightest quota of the process's groups and of every group above them, in CPUs.
  ///
  /// - Parameter tree: Where `proc` and `sys` lie.
  /// - Returns: `nil` where no group sets one.
  static func quota(in tree: FileTree) -> Double? {
    quotas(in: tree).map(\.cpus).min()
  }

  /// The quotas of the process's groups and of every group above them, from the topmost down.
  static func quotas(in tree: FileTree) -> [CPUQuota] {
    levels(of: "cpu", in: tree).compactMap { level in
      let cpus = level.version == 2 ? unifiedQuota(tree, level.folder) : legacyQuota(tree, level.folder)
      return cpus.map { CPUQuota(version: level.version, depth: level.depth, cpus: $0) }
    }
  }

  /// The CPUs that the process's groups leave to it; `nil` where no group says so.
  ///
  /// The kernel keeps the list of each group within that of the group above, so the innermost that has one counts.
  static func cpuset(in tree: FileTree) -> [Int]? {
    let lists = levels(of: "cpuset", in: tree).compactMap { level -> [Int]? in
      let line =
        level.version == 2
        ? tree.line("\(level.folder)/cpuset.cpus.effective")
        : tree.line("\(level.folder)/cpuset.effective_cpus") ?? tree.line("\(level.folder)/cpuset.cpus")
      let numbers = line.map { CPUList.numbers(in: $0) } ?? []
      return numbers.isEmpty ? nil : numbers
    }
    return lists.last
  }

  /// Version 2: `cpu.max` holds the quota, or `max`, and the period, both in microseconds.
  private static func unifiedQuota(_ tree: FileTree, _ folder: String) -> Double? {
    guard let words = tree.line("\(folder)/cpu.max")?.split(separator: " "), words.count == 2 else {
      return nil
    }
    return ratio(Int(words[0]), Int(words[1]))
  }

  /// Version 1: two files; a quota of -1 is none.
  private static func legacyQuota(_ tree: FileTree, _ folder: String) -> Double? {
    ratio(tree.number("\(folder)/cpu.cfs_quota_us"), tree.number("\(folder)/cpu.cfs_period_us"))
  }

  private static func ratio(_ quota: Int?, _ period: Int?) -> Double? {
    guard let quota, let period, quota > 0, period > 0 else { return nil }
    return Double(quota) / Double(period)
  }
}
