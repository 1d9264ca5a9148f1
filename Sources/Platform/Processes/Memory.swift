import CPlatform

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The memory available to this process.
public enum Memory {
  /// Checks that `bytes` bytes can be allocated, for callers that would otherwise crash.
  ///
  /// - Throws: `SystemError` if they cannot be allocated.
  public static func probe(_ bytes: Int) throws(SystemError) {
    let code = scaleup_try_memory(bytes)
    if code != 0 { throw SystemError(operation: "allocate \(bytes) bytes", code: code) }
  }

  /// Asks for large pages in memory that nobody has touched yet, where the system has them.
  public static func preferLargePages(_ memory: UnsafeMutableRawBufferPointer) {
    if let start = memory.baseAddress { scaleup_prefer_large_pages(start, memory.count) }
  }

  /// Returns the bytes that programs can use without swapping, within the limits of the control groups; `nil` if the system
  /// does not say.
  public static func available(in tree: FileTree = .machine) -> UInt64? {
    let free = tree.text("proc/meminfo").flatMap(availableBytes) ?? tree.systemValues.number("hw.memsize")
    return ([free] + ControlGroups.memoryLeft(in: tree)).compactMap(\.self).min()
  }

  private static func availableBytes(_ text: String) -> UInt64? {
    for line in text.split(separator: "\n") where line.hasPrefix("MemAvailable:") {
      let number = line.split(separator: " ").dropFirst().first.flatMap { UInt64($0) }
      return number.flatMap { $0 <= .max / 1024 ? $0 * 1024 : nil }
    }
    return nil
  }
}

extension ControlGroups {
  /// Returns the bytes that each control group with a limit leaves: the limit less what is used and cannot be reclaimed.
  fileprivate static func memoryLeft(in tree: FileTree) -> [UInt64] {
    levels(of: "memory", in: tree).compactMap { level in
      let names =
        level.version == 2
        ? ("memory.max", "memory.current", "inactive_file ")
        : ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file ")
      guard let limit = tree.line("\(level.directory)/\(names.0)").flatMap({ UInt64($0) }) else { return nil }
      let used = tree.line("\(level.directory)/\(names.1)").flatMap { UInt64($0) } ?? 0
      let statistics = tree.text("\(level.directory)/memory.stat")?.split(separator: "\n") ?? []
      let files = statistics.first { $0.hasPrefix(names.2) }?.split(separator: " ").last.flatMap {
        UInt64($0)
      }
      let held = used - min(used, files ?? 0)
      return limit - min(limit, held)
    }
  }
}
