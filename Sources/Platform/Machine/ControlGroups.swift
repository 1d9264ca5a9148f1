/// The Linux control groups, versions 1 and 2, of this process.
enum ControlGroups {
  /// A group of the process, or one above it.
  struct Level: Equatable {
    /// The version of the interface: 1 or 2.
    let version: Int
    /// The depth below the topmost visible group, whose depth is 0.
    let depth: Int
    /// The directory of its files, relative to the tree's root.
    let directory: String
  }

  /// Returns the groups that may have files of a controller, in every hierarchy, from the topmost visible
  /// group down to the process's own.
  ///
  /// - Parameters:
  ///   - controller: The name of the controller, such as `cpu`.
  ///   - tree: The file tree that contains `proc` and `sys`.
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
      return mount.directories(of: String(fields[2])).enumerated().map { depth, directory in
        Level(version: isUnified ? 2 : 1, depth: depth, directory: directory)
      }
    }
  }
}

/// A mounted control group hierarchy: a line of `/proc/self/mountinfo`.
private struct Mount {
  /// The group at the mount point; not `/` inside many containers.
  private let root: String
  /// The mount point, relative to the tree's root.
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

  /// Whether this is the hierarchy of a controller; `nil` means the hierarchy of version 2.
  func holds(_ controller: String?) -> Bool {
    guard let controller else { return isUnified }
    return controllers.contains { $0 == controller }
  }

  /// Returns the directories of a group and of all groups above it, from the mount point down.
  func directories(of group: String) -> [String] {
    let isBelow = group == root || group.hasPrefix(root + "/")
    let below = isBelow ? group.dropFirst(root.count) : group[...]
    let names = below.split(separator: "/").filter { $0 != ".." }
    return (0...names.count).map { depth in
      ([point] + names.prefix(depth).map(String.init)).joined(separator: "/")
    }
  }
}
