/// Lists of CPUs in the kernel's notation, such as `0-3,8,10-11`.
enum CPUList {
  /// The greatest number accepted: Linux can be built for 8192 CPUs.
  private static let greatest = 1 << 16

  /// Returns the numbers in a list, in its order; skips anything that is neither a number nor a range.
  static func numbers(in text: some StringProtocol) -> [Int] {
    text.split(separator: ",").flatMap { part -> [Int] in
      let ends = part.split(separator: "-").compactMap { Int($0.trimmingSpaces()) }
      guard let first = ends.first, let last = ends.last, first >= 0, first <= last, last <= greatest else {
        return []
      }
      return Array(first...last)
    }
  }
}

/// The CPUs that this process is allowed to run on.
public enum AllowedCPUs {
  /// Reads the allowed CPUs from `/proc/self/status`; some of them may be offline. `nil` if it does not list
  /// them.
  public static func read(from tree: FileTree = .machine) -> [Int]? {
    let name = "Cpus_allowed_list:"
    let line = tree.text("proc/self/status")?.split(separator: "\n").first { $0.hasPrefix(name) }
    let numbers = line.map { CPUList.numbers(in: $0.dropFirst(name.count).trimmingSpaces()) } ?? []
    return numbers.isEmpty ? nil : numbers
  }
}
