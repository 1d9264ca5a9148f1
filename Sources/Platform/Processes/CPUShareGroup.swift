import CPlatform

/// A control group of version 2 whose processes may use a share of the CPUs.
///
/// The kernel stops its processes when they have used up the share of a period, until the next one begins. The parent of the
/// group is the lowest one, of this process or above it, that passes the controller `cpu` on. Systems without control groups,
/// such as macOS, permit none.
public struct CPUShareGroup: Sendable {
  /// The directory of the group's files.
  private let directory: String

  /// Returns whether this process may create such groups and move its children into them. It creates one and removes it.
  ///
  /// - Parameter tree: The file tree that contains `proc` and `sys`.
  public static func isPermitted(in tree: FileTree = .machine) -> Bool {
    do {
      try CPUShareGroup(share: 1, name: "scaleup-probe-\(ThisProcess.identifier)", in: tree).remove()
      return true
    } catch {
      return false
    }
  }

  /// Creates a group without processes.
  ///
  /// - Parameters:
  ///   - share: The CPU time per second of all processes in it, in cores: at least 0.01.
  ///   - name: The name of the group: one part of a path.
  ///   - tree: The file tree that contains `proc` and `sys`.
  /// - Throws: `CPUShareError`.
  public init(share: Double, name: String, in tree: FileTree = .machine) throws(CPUShareError) {
    precondition(share >= Self.leastShare && !File.isPath(name), "no share or no name of a group")
    guard let parent = Self.parent(in: tree) else { throw .unavailable }
    directory = "\(parent)/\(name)"
    do throws(SystemError) {
      // The processes of this group move: the kernel asks whether that group's list may be written.
      try system("write", "\(parent)/\(Self.processes)") {
        access("\(parent)/\(Self.processes)".systemString, W_OK)
      }
      try system("create control group", directory) { mkdir(directory.systemString, 0o755) }
    } catch {
      throw .system(error)
    }
    do throws(SystemError) {
      try write(Self.limit(of: share), to: "cpu.max")
    } catch {
      try? remove()
      throw .system(error)
    }
  }

  /// Moves a process, with all its threads, into the group. Processes that it starts afterwards are in the group, too.
  ///
  /// - Throws: `SystemError`.
  public func add(_ process: Int32) throws(SystemError) {
    try write("\(process)", to: Self.processes)
  }

  /// Removes the group, whose processes have ended and been reaped.
  ///
  /// - Throws: `SystemError`; its code is `EBUSY` if a process is left.
  public func remove() throws(SystemError) {
    try system("remove control group", directory) { rmdir(directory.systemString) }
  }

  /// Removes the groups that processes have left which ended without removing them: those named `PREFIX-PID-NAME` whose process
  /// `PID` does not exist. One that still has a process stays.
  ///
  /// - Parameters:
  ///   - prefix: The beginning of the names.
  ///   - tree: The file tree that contains `proc` and `sys`.
  public static func removeAbandoned(prefix: String, in tree: FileTree = .machine) {
    guard let parent = parent(in: tree), let names = try? File.names(in: parent) else { return }
    for name in names where name.hasPrefix("\(prefix)-") {
      let owner = name.dropFirst(prefix.count + 1).split(separator: "-").first.flatMap { pid_t($0) }
      guard let owner, owner > 0, kill(owner, 0) == -1, scaleup_errno() == ESRCH else { continue }
      _ = rmdir("\(parent)/\(name)".systemString)
    }
  }

  /// The least share: a millisecond, the shortest quota of the kernel, in a tenth of a second.
  public static let leastShare = 0.01
  private static let processes = "cgroup.procs"

  /// Returns the text of `cpu.max`, the quota and the period in microseconds: the shortest period from 10 ms on whose quota is at
  /// least a millisecond, so that an answer waits no longer than necessary.
  static func limit(of share: Double) -> String {
    let period = max(10_000, 1000 / share)
    return "\(Int((share * period).rounded())) \(Int(period.rounded()))"
  }

  /// Returns the directory of the lowest group that passes the controller on; `nil` if there is none.
  private static func parent(in tree: FileTree) -> String? {
    ControlGroups.levels(of: "cpu", in: tree).last { level in
      let controllers = tree.line("\(level.directory)/cgroup.subtree_control")?.split(separator: " ") ?? []
      return level.version == 2 && controllers.contains("cpu")
    }
    .flatMap { tree.location(of: $0.directory) }
  }

  private func write(_ text: String, to name: String) throws(SystemError) {
    let path = "\(directory)/\(name)"
    let file = Descriptor(
      owning: try system("open", path) { scaleup_open(path.systemString, O_WRONLY | O_CREAT, 0o644) })
    do throws(SystemError) {
      try file.write(Array("\(text)\n".utf8))
    } catch {
      throw SystemError(operation: "write", subject: path, code: error.code)
    }
  }
}

/// The reason that a control group with a share of the CPUs cannot be created.
public enum CPUShareError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No group of this process, or above it, passes the controller on.
  case unavailable
  /// A system call failed.
  case system(SystemError)

  /// One line with the reason and the remedy.
  public var description: String {
    switch self {
    case .unavailable:
      "no control group above this process passes on the controller 'cpu' (expected version 2 with cpu in "
        + "cgroup.subtree_control; try systemd-run --scope --property Delegate=cpu)"
    case .system(let error): "\(error)"
    }
  }
}
