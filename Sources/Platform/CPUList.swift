/// CPUs as the kernel lists them, such as `0-3,8,10-11`.
enum CPUList {
  /// Numbers over this are taken for nonsense: Linux can be built for 8192 CPUs.
  private static let greatest = 1 << 16

  /// The numbers in a list, in its order; what is neither a number nor a range is passed over.
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

/// The CPUs that a process may run on.
public enum AllowedCPUs {
  /// The numbers in `/proc/self/status`, some of which may be offline; `nil` where they are not told.
  public static func read(from tree: FileTree = .machine) -> [Int]? {
    let name = "Cpus_allowed_list:"
    let line = tree.text("proc/self/status")?.split(separator: "\n").first { $0.hasPrefix(name) }
    let numbers = line.map { CPUList.numbers(in: $0.dropFirst(name.count).trimmingSpaces()) } ?? []
    return numbers.isEmpty ? nil : numbers
  }
}
