/// The time for which threads that could run waited for a CPU.
public enum RunDelay {
  /// Returns the delay of the calling thread since it started, in nanoseconds; `nil` if the system does not
  /// report it.
  public static func ofThisThread(in tree: FileTree = .machine) -> UInt64? {
    // The fields are the time on a CPU, the time waiting for one, and the number of time slices.
    let fields = tree.text("proc/thread-self/schedstat")?.split(separator: " ")
    return fields.flatMap { $0.count == 3 ? UInt64($0[1]) : nil }
  }
}
