import Testing

@testable import Platform

struct CPULimitsTests {
  @Test("The least of the limits counts, a quota rounded up, and never less than one CPU")
  func effective() {
    let known: [(CPULimits, Int)] = [
      (.init(online: 8), 8), (.init(online: 8, affinity: 3), 3), (.init(online: 8, affinity: 16), 8),
      (.init(online: 8, quota: 4), 4), (.init(online: 8, quota: 4.01), 5), (.init(online: 8, quota: 0.1), 1),
      (.init(online: 8, quota: 100), 8), (.init(online: 8, quota: 1e300), 8),
      (.init(online: 8, affinity: 2, quota: 1.5), 2), (.init(online: 8, affinity: 2, quota: 0.5), 1),
      (.init(online: 8, affinity: 2, quota: 7), 2), (.init(online: 0), 1), (.init(online: 4, affinity: 0), 1),
      (.init(online: 4, quota: 0), 1), (.init(online: 4, quota: .infinity), 4),
      (.init(online: 4, quota: .nan), 4),
    ]
    for (limits, cpus) in known {
      #expect(limits.effective == cpus, "\(limits)")
    }
  }

  @Test("This process may use a CPU, and not more than there are")
  func thisProcess() {
    let limits = CPULimits.ofThisProcess()
    #expect(limits.online >= 1)
    #expect((1...limits.online).contains(limits.effective))
    #if os(Linux)
      #expect(limits.affinity != nil)
    #endif
  }
}
