/// The Linux control groups, version 1 and 2, that this process is in.
enum ControlGroups {
  /// A group that the process is in, or one above it.
  struct Level: Equatable {
    /// 1 or 2.
    let version: Int
    /// How far it is below the topmost group that can be seen, which has 0.
    let depth: Int
    /// Where its files lie, relative to the tree's root.
    let folder: String
  }

  /// The groups that may have files of a controller, in every hierarchy from the topmost that can be seen down to
  /// the process's own.
  ///
  /// - Parameters:
  ///   - controller: Such as `cpu`.
  ///   - tree: Where `proc` and `sys` lie.
  static func levels(of controller: String, in tree: FileTree) -> [Level] {
    guard let groups = tree.text("proc/self/cgroup"), let mounts = tree.text("proc/self/mountinfo") else {
      return []
    }
    let hierarchies = mounts.split(separator: "\n").compactMap { Mount(line: $0) }
    return groups.split(separator: "\n").flatMap { line -> [Level] in
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { return [] }
      let controllers = fields[1].split(separator: ",")
      let isUnified = controllers.isEmpty
      guard isUnified || controllers.contains(where: { $0 == controller }),
        let mount = hierarchies.first(where: { $0.holds(isUnified ? nil : controller) })
      else { return [] }
      return mount.folders(of: String(fields[2])).enumerated().map { depth, folder in
        Level(version: isUnified ? 2 : 1, depth: depth, folder: folder)
      }
    }
  }
}

/// A control group hierarchy that is mounted somewhere: a line of `/proc/self/mountinfo`.
private struct Mount {
  /// The group that is seen at the mount point; not `/` inside many containers.
  private let root: String
  /// Where it is mounted, relative to the tree's root.
  private let point: String
  private let controllers: [Substring]
  private let isUnified: Bool

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

  /// Whether this is the hierarchy of a controller; `nil` stands for the one of version 2.
  func holds(_ controller: String?) -> Bool {
    guard let controller else { return isUnified }
    return controllers.contains { $0 == controller }
  }

  /// The folders of a group and of all above it, from the mount point down.
  func folders(of group: String) -> [String] {
    let isBelow = group == root || group.hasPrefix(root + "/")
    let below = isBelow ? group.dropFirst(root.count) : group[...]
    let names = below.split(separator: "/").filter { $0 != ".." }
    return (0...names.count).map { depth in
      ([point] + names.prefix(depth).map(String.init)).joined(separator: "/")
    }
  }
}
