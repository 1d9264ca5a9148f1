import CPlatform

/// The processes that children of this process have left behind: descendants whose own parents have ended.
///
/// Once this process adopts them (`adopt`), they become its children, so that it can end them and count what they used.
public struct Orphans: Sendable {
  /// The time that a killed process may take to end, in nanoseconds. One that waits for a device takes longer.
  private static let grace: UInt64 = 2_000_000_000

  /// The number of those that still ran and were killed.
  public private(set) var killed = 0
  /// The resources that those used that have ended.
  public private(set) var usage = ResourceUsage.none

  /// The children that this process has already, and keeps.
  private let kept: Set<pid_t>

  /// Makes an empty account. The children that this process has at this moment are not part of it.
  public init() {
    kept = scaleup_any_ended_child() == -1 ? [] : Set(Self.runningChildren())
  }

  /// Makes every descendant of this process whose parent ends a child of this process, from now on.
  ///
  /// - Returns: Whether the system can do that; only Linux can.
  public static func adopt() -> Bool {
    scaleup_adopt_orphans() == 0
  }

  /// Reaps the orphans that have ended.
  ///
  /// - Parameter known: The children that this process has started and reaps itself.
  public mutating func reapEnded(except known: Set<pid_t>) {
    while true {
      let child = scaleup_any_ended_child()
      // An ended child that is not an orphan hides those behind it until it is reaped.
      if child <= 0 || known.contains(child) || !reap(child) { return }
    }
  }

  /// Kills and reaps the orphans, and what becomes one by that. Call it once every child that is no
  /// orphan has been reaped.
  public mutating func end() {
    let deadline = Clock.monotonic.now() + Self.grace
    var seen: Set<pid_t> = []
    repeat {
      reapEnded(except: [])
      // Without children, nobody has to look through all processes.
      if scaleup_any_ended_child() == -1 { return }
      let running = Self.runningChildren().filter { !kept.contains($0) }
      for child in running where !seen.contains(child) && CPlatform.kill(child, SIGKILL) == 0 {
        seen.insert(child)
        killed += 1
      }
      if running.isEmpty { break }
      Clock.sleep(until: Clock.monotonic.now() + 1_000_000)
    } while Clock.monotonic.now() < deadline
    reapEnded(except: [])
  }

  private mutating func reap(_ child: pid_t) -> Bool {
    guard let ended = try? ChildProcess(identifier: child, startTime: 0).reap() else { return false }
    if !kept.contains(child) { usage += ended.usage }
    return true
  }

  /// Returns the children of this process that have not ended, without its guardian.
  private static func runningChildren() -> [pid_t] {
    let (parent, guardian) = (getpid(), scaleup_guardian())
    return ((try? File.names(in: "/proc")) ?? []).compactMap { pid_t($0) }.filter { process in
      guard process != guardian, let text = try? File.read("/proc/\(process)/stat", limit: 4096) else {
        return false
      }
      // The name in parentheses may contain anything; the state and the parent follow it.
      let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
      return fields.count > 2 && fields[1] != "Z" && pid_t(fields[2]) == parent
    }
  }
}
