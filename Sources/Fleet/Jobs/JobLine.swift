/// Jobs in line, the first at the front. Removing the first takes constant time on average.
struct JobLine: Sequence, Sendable {
  private var items: [JobID?] = []
  private var start = 0
  /// The most removed jobs at the front that still take memory.
  private static let mostEmpty = 1024
  /// The number of jobs.
  private(set) var count = 0

  /// Adds a job at the end.
  mutating func append(_ id: JobID) {
    items.append(id)
    count += 1
  }

  /// Removes the first job and returns it.
  mutating func popFirst() -> JobID? {
    while start < items.count {
      defer { start += 1 }
      guard let id = items[start] else { continue }
      items[start] = nil
      count -= 1
      if start > Self.mostEmpty, start > items.count / 2 { removeEmpty() }
      return id
    }
    items.removeAll(keepingCapacity: true)
    start = 0
    return nil
  }

  /// Frees the memory of the jobs that were removed from the front. The caller counts one more as removed.
  private mutating func removeEmpty() {
    items.removeFirst(start)
    start = 0
  }

  /// Removes a job from anywhere in the line.
  mutating func remove(_ id: JobID) {
    guard let place = items[start...].firstIndex(of: id) else { return }
    items[place] = nil
    count -= 1
  }

  func makeIterator() -> some IteratorProtocol<JobID> {
    items[start...].lazy.compactMap { $0 }.makeIterator()
  }
}
