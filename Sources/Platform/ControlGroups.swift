/// The CPU quotas that Linux control groups, version 1 and 2, set on this process.
enum ControlGroups {
  /// The tightest quota of the process's groups and of every group above them, in CPUs.
  ///
  /// - Parameter tree: Where `proc` and `sys` lie.
  /// - Returns: `nil` where no group sets one.
  static func quota(in tree: FileTree) -> Double? {
    guard let groups = tree.text("proc/self/cgroup"), let mounts = tree.text("proc/self/mountinfo") else {
      return nil
    }
    let hierarchies = mounts.split(separator: "\n").compactMap { Mount(line: $0) }
    return groups.split(separator: "\n").compactMap { line -> Double? in
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { return nil }
      let controllers = fields[1].split(separator: ",")
      let isUnified = controllers.isEmpty
      guard isUnified || controllers.contains("cpu"),
        let mount = hierarchies.first(where: { isUnified ? $0.isUnified : $0.controllers.contains("cpu") })
      else { return nil }
      return mount.levels(of: String(fields[2])).compactMap { folder in
        isUnified ? unifiedQuota(tree, folder) : legacyQuota(tree, folder)
      }.min()
    }.min()
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

/// A control group hierarchy that is mounted somewhere: a line of `/proc/self/mountinfo`.
private struct Mount {
  /// The group that is seen at the mount point; not `/` inside many containers.
  let root: String
  /// Where it is mounted, relative to the tree's root.
  let point: String
  let controllers: [Substring]
  let isUnified: Bool

  init?(line: Substring) {
    let halves = line.split(separator: " ").split(separator: "-", maxSplits: 1)
    guard halves.count == 2 else { return nil }
    let (place, kind) = (Array(halves[0]), Array(halves[1]))
    guard place.count >= 5, kind.count >= 3, kind[0] == "cgroup" || kind[0] == "cgroup2" else { return nil }
    root = place[3] == "/" ? "" : String(place[3])
    point = String(place[4].drop { $0 == "/" })
    controllers = kind[2].split(separator: ",")
    isUnified = kind[0] == "cgroup2"
  }

  /// The folders of a group and of all above it, down to the mount point.
  func levels(of group: String) -> [String] {
    let isBelow = group == root || group.hasPrefix(root + "/")
    let below = isBelow ? group.dropFirst(root.count) : group[...]
    let names = below.split(separator: "/").filter { $0 != ".." }
    return (0...names.count).map { depth in
      ([point] + names.prefix(depth).map(String.init)).joined(separator: "/")
    }
  }
}
