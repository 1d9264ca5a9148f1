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
