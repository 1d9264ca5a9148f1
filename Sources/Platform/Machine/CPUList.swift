/// Lists of CPUs in the kernel's notation, such as `0-3,8,10-11`.
public enum CPUList {
  /// The greatest number accepted: Linux can be built for 8192 CPUs.
  private static let greatest = 1 << 16

  /// Returns the numbers in a list, in its order; skips anything that is neither a number nor a range.
  public static func numbers(in text: some StringProtocol) -> [Int] {
    text.split(separator: ",").flatMap { part -> [Int] in
      let ends = part.split(separator: "-").compactMap { Int($0.trimmingSpaces()) }
      guard let first = ends.first, let last = ends.last, first >= 0, first <= last, last <= greatest else {
        return []
      }
      return Array(first...last)
    }
  }

  /// Returns the numbers in a list, in its order; `nil` if a part is neither a number nor a range.
  static func strictNumbers(in text: String) -> [Int]? {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    let isList = parts.allSatisfy { part in
      let ends = part.split(separator: "-", omittingEmptySubsequences: false)
      return ends.count <= 2 && ends.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { 48...57 ~= $0 } }
    }
    let numbers = parts.map { Self.numbers(in: $0) }
    return isList && !numbers.contains([]) ? numbers.flatMap(\.self) : nil
  }

  /// Returns the list of some numbers, in their order; `numbers(in:)` reads it.
  public static func text(of numbers: [Int]) -> String {
    var ranges: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = ranges.last, last.upperBound + 1 == number {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
      .joined(separator: ",")
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

  /// Reads the allowed CPUs that are online; `nil` if the system lists neither.
  public static func online(from tree: FileTree = .machine) -> [Int]? {
    let online = tree.line("sys/devices/system/cpu/online").map { CPUList.numbers(in: $0) } ?? []
    guard let allowed = read(from: tree) else { return online.isEmpty ? nil : online }
    let both = allowed.filter(Set(online).contains)
    return both.isEmpty ? allowed : both
  }
}
