/// Values that are found by number. The number of a removed value is never used again.
///
/// It can be specialized in other modules, because event loops ask it for each event.
public struct SlotMap<Value> {
  @usableFromInline var slots: [(generation: UInt32, value: Value?)] = []
  @usableFromInline var free: [UInt32] = []
  @usableFromInline var storedCount = 0

  /// The number of values.
  @inlinable
  public var count: Int { storedCount }

  /// Creates an empty map.
  @inlinable
  public init() {}

  /// Whether there is no value.
  @inlinable
  public var isEmpty: Bool { count == 0 }

  /// The numbers of all values.
  @inlinable
  public var keys: [UInt64] { slots.indices.filter { slots[$0].value != nil }.map { key(of: $0) } }

  /// Adds a value, and returns its number.
  @inlinable
  public mutating func insert(_ value: Value) -> UInt64 {
    storedCount += 1
    guard let slot = free.popLast() else {
      slots.append((0, value))
      return key(of: slots.count - 1)
    }
    slots[Int(slot)].value = value
    return key(of: Int(slot))
  }

  /// The value of a number; `nil` if it has been removed.
  @inlinable
  public subscript(key: UInt64) -> Value? {
    let slot = Int(key & 0xFFFF_FFFF)
    guard slot < slots.count, slots[slot].generation == UInt32(key >> 32) else { return nil }
    return slots[slot].value
  }

  /// Removes a value.
  @inlinable
  public mutating func remove(_ key: UInt64) {
    guard self[key] != nil else { return }
    let slot = Int(key & 0xFFFF_FFFF)
    slots[slot] = (slots[slot].generation &+ 1, nil)
    free.append(UInt32(slot))
    storedCount -= 1
  }

  @inlinable
  func key(of slot: Int) -> UInt64 { UInt64(slots[slot].generation) << 32 | UInt64(slot) }
}
