import Testing

@testable import Records

struct CacheLevelsTests {
  private let milan = CacheLevels(
    [
      .init(level: 1, type: "Data", size: 32 << 10, sharedBy: 1),
      .init(level: 1, type: "Instruction", size: 64 << 10, sharedBy: 1),
      .init(level: 2, type: "Unified", size: 512 << 10, sharedBy: 1),
      .init(level: 3, type: "Unified", size: 32 << 20, sharedBy: 8),
    ], cpus: 16)

  @Test("the last-level caches of all sockets count, and instruction caches do not")
  func totals() {
    #expect(milan.levels.map(\.number) == [1, 2, 3])
    let single: [UInt64] = [32 << 10, 512 << 10, 32 << 20]
    let total: [UInt64] = [512 << 10, 8 << 20, 64 << 20]
    #expect(milan.levels.map(\.single) == single)
    #expect(milan.levels.map(\.total) == total)
    #expect(milan.leastArray == 256 << 20)
  }

  @Test(
    "three arrays are in the smallest cache that holds them",
    arguments: [
      (8 << 10, .cache(1)), (64 << 10, .cache(2)), (1 << 20, .cache(3)), (20 << 20, .cache(3)),
      (22 << 20, .partly(3)), (255 << 20, .partly(3)), (256 << 20, .memory), (1 << 46, .memory),
    ] as [(UInt64, ArrayPlace)])
  func places(size: UInt64, place: ArrayPlace) {
    #expect(milan.place(ofArrays: size) == place)
  }

  @Test("without known caches, a last level of 64 MiB is assumed")
  func unknown() {
    let caches = CacheLevels([], cpus: 4)
    #expect(caches.leastArray == 256 << 20)
    #expect(caches.place(ofArrays: 1 << 20) == .unknown && caches.place(ofArrays: 256 << 20) == .memory)
  }

  @Test("kinds of core with caches of their own add up")
  func hybrid() {
    let caches = CacheLevels(
      [
        .init(level: 2, type: "Unified", size: 16 << 20, sharedBy: 4, cpus: 8),
        .init(level: 2, type: "Unified", size: 4 << 20, sharedBy: 4, cpus: 4),
      ], cpus: 12)
    #expect(caches.last == 36 << 20 && caches.levels[0].single == 16 << 20)
  }

  @Test("absurd sizes and counts do not overflow")
  func absurd() {
    let cache = Passport.Cache(level: 3, type: "Unified", size: 1_000_000_000_000_000_000, sharedBy: 0)
    let caches = CacheLevels([cache], cpus: 1_000_000_000)
    #expect(caches.last == .max && caches.leastArray == 1 << 46)
    #expect(caches.place(ofArrays: .max) == .memory)
  }
}
