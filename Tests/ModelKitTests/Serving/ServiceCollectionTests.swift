import TestSupport
import Testing

@testable import ModelKit

/// The collections of an event loop, against those of the standard library.
struct ServiceCollectionTests {
  @Test("A heap gives the entries whose time has come, the earliest first")
  func heap() {
    var random = SplitMix64(seed: 11)
    for _ in 0..<200 {
      var heap = DeadlineHeap()
      let times = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        UInt64.random(in: 0...30, using: &random)
      }
      for (token, time) in times.enumerated() { heap.insert(UInt64(token), at: time) }
      #expect(heap.first?.time == times.min())
      let now = UInt64.random(in: 0...30, using: &random)
      var found: [DeadlineHeap.Entry] = []
      while let entry = heap.popFirst(until: now) { found.append(entry) }
      #expect(found.map(\.time) == times.filter { $0 <= now }.sorted())
      #expect(found.allSatisfy { times[Int($0.token)] == $0.time })
      #expect(heap.first?.time == times.filter { $0 > now }.min())
    }
  }

  @Test("A number finds its value until that is removed, and never another one")
  func map() {
    var random = SplitMix64(seed: 12)
    var (map, expected, removed) = (SlotMap<Int>(), [UInt64: Int](), [UInt64]())
    for value in 0..<2000 {
      if Bool.random(using: &random), let key = expected.keys.sorted().randomElement(using: &random) {
        map.remove(key)
        map.remove(key)
        expected[key] = nil
        removed.append(key)
      } else {
        expected[map.insert(value)] = value
      }
      #expect(map.count == expected.count)
    }
    #expect(Set(map.keys) == Set(expected.keys))
    #expect(expected.allSatisfy { map[$0.key] == $0.value })
    #expect(removed.allSatisfy { map[$0] == nil })
    #expect(map[.max] == nil)
  }
}
