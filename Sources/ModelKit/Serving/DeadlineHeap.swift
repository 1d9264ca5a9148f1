/// Times for which something waits, the earliest first: a binary heap.
public struct DeadlineHeap {
  /// An entry.
  public struct Entry: Equatable {
    /// The time.
    public let time: UInt64
    /// The number of what waits for it.
    public let token: UInt64
  }

  private var entries: [Entry] = []

  /// Creates an empty heap.
  public init() {}

  /// The earliest entry.
  public var first: Entry? { entries.first }

  /// Adds an entry.
  public mutating func insert(_ token: UInt64, at time: UInt64) {
    entries.append(Entry(time: time, token: token))
    var child = entries.count - 1
    while child > 0, entries[child].time < entries[(child - 1) / 2].time {
      entries.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// Removes the earliest entry, and returns it if its time has come.
  public mutating func popFirst(until now: UInt64) -> Entry? {
    guard let first = entries.first, first.time <= now else { return nil }
    entries[0] = entries[entries.count - 1]
    entries.removeLast()
    var parent = 0
    while true {
      let children = (2 * parent + 1)..<min(2 * parent + 3, max(2 * parent + 1, entries.count))
      guard let least = children.min(by: { entries[$0].time < entries[$1].time }),
        entries[least].time < entries[parent].time
      else { return first }
      entries.swapAt(parent, least)
      parent = least
    }
  }
}
