/// Values that are found by a number, which no other value gets after its own has been removed.
public struct SlotMap<Value> {
  private var slots: [(generation: UInt32, value: Value?)] = []
  private var free: [UInt32] = []
  /// The number of values.
  public private(set) var count = 0

  /// Creates an empty map.
  public init() {}

  /// Whether there is no value.
  public var isEmpty: Bool { count == 0 }

  /// The numbers of all values.
  public var keys: [UInt64] { slots.indices.filter { slots[$0].value != nil }.map { key(of: $0) } }

  /// Adds a value, and returns its number.
  public mutating func insert(_ value: Value) -> UInt64 {
    count += 1
    guard let slot = free.popLast() else {
      slots.append((0, value))
      return key(of: slots.count - 1)
    }
    slots[Int(slot)].value = value
    return key(of: Int(slot))
  }

  /// The value of a number; `nil` if it has been removed.
  public subscript(key: UInt64) -> Value? {
    let slot = Int(key & 0xFFFF_FFFF)
    guard slot < slots.count, slots[slot].generation == UInt32(key >> 32) else { return nil }
    return slots[slot].value
  }

  /// Removes a value.
  public mutating func remove(_ key: UInt64) {
    guard self[key] != nil else { return }
    let slot = Int(key & 0xFFFF_FFFF)
    slots[slot] = (slots[slot].generation &+ 1, nil)
    free.append(UInt32(slot))
    count -= 1
  }

  private func key(of slot: Int) -> UInt64 { UInt64(slots[slot].generation) << 32 | UInt64(slot) }
}
