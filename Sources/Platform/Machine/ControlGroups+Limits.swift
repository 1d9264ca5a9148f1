/// The CPU time per second that a control group allows to the processes in it and below it.
public struct CPUQuota: Equatable, Sendable {
  /// The version of the control group interface: 1 or 2.
  public var version: Int
  /// The depth of the group below the topmost visible one, whose depth is 0.
  public var depth: Int
  /// The quota in CPUs.
  public var cpus: Double

  /// Creates a quota.
  public init(version: Int, depth: Int, cpus: Double) {
    self.version = version
    self.depth = depth
    self.cpus = cpus
  }
}

extension ControlGroups {
  /// Returns the tightest quota of the process's groups and of every group above them, in CPUs.
  ///
  /// - Parameter tree: The file tree that contains `proc` and `sys`.
  /// - Returns: `nil` if no group sets a quota.
  static func quota(in tree: FileTree) -> Double? {
    quotas(in: tree).map(\.cpus).min()
  }

  /// Returns the quotas of the process's groups and of every group above them, from the topmost down.
  static func quotas(in tree: FileTree) -> [CPUQuota] {
    levels(of: "cpu", in: tree).compactMap { level in
      let cpus = level.version == 2 ? unifiedQuota(tree, level.directory) : legacyQuota(tree, level.directory)
      return cpus.map { CPUQuota(version: level.version, depth: level.depth, cpus: $0) }
    }
  }

  /// Returns the CPUs that the process's groups allow, or `nil` if no group restricts them.
  ///
  /// The kernel keeps each group's list a subset of its parent's, so the innermost group with a list decides.
  static func cpuset(in tree: FileTree) -> [Int]? {
    let lists = levels(of: "cpuset", in: tree).compactMap { level -> [Int]? in
      let line =
        level.version == 2
        ? tree.line("\(level.directory)/cpuset.cpus.effective")
        : tree.line("\(level.directory)/cpuset.effective_cpus") ?? tree.line("\(level.directory)/cpuset.cpus")
      let numbers = line.map { CPUList.numbers(in: $0) } ?? []
      return numbers.isEmpty ? nil : numbers
    }
    return lists.last
  }

  /// Reads version 2: `cpu.max` holds the quota, or `max`, and the period, both in microseconds.
  private static func unifiedQuota(_ tree: FileTree, _ directory: String) -> Double? {
    guard let words = tree.line("\(directory)/cpu.max")?.split(separator: " "), words.count == 2 else {
      return nil
    }
    return ratio(Int(words[0]), Int(words[1]))
  }

  /// Reads version 1: two files; a quota of -1 means no quota.
  private static func legacyQuota(_ tree: FileTree, _ directory: String) -> Double? {
    ratio(tree.number("\(directory)/cpu.cfs_quota_us"), tree.number("\(directory)/cpu.cfs_period_us"))
  }

  private static func ratio(_ quota: Int?, _ period: Int?) -> Double? {
    guard let quota, let period, quota > 0, period > 0 else { return nil }
    return Double(quota) / Double(period)
  }
}
