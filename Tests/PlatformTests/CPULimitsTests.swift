import Testing

@testable import Platform

struct CPULimitsTests {
  @Test("the effective CPUs are the least of the limits, a quota rounded up, and at least one")
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

  @Test("the binding limit is the least one that is below the online CPUs")
  func binding() {
    let known: [(CPULimits, [CPULimits.Limit])] = [
      (.init(online: 8), [.online]), (.init(online: 8, affinity: 8, cpuset: 8), [.online]),
      (.init(online: 8, quota: 8), [.online]), (.init(online: 8, quota: 12.5), [.online]),
      (.init(online: 8, affinity: 3), [.affinity]), (.init(online: 8, affinity: 3, cpuset: 3), [.cpuset]),
      (.init(online: 8, affinity: 3, cpuset: 6), [.affinity]), (.init(online: 8, quota: 0.5), [.quota]),
      (.init(online: 8, affinity: 2, quota: 1.5), [.quota]),
      (.init(online: 8, affinity: 2, quota: 7), [.affinity]),
      (.init(online: 8, affinity: 2, quota: 2), [.affinity, .quota]),
      (.init(online: 8, affinity: 2, cpuset: 2, quota: 2), [.cpuset, .quota]),
    ]
    for (limits, binding) in known { #expect(limits.binding == binding, "\(limits)") }
  }

  @Test("the task pool is as wide as the affinity mask, whatever the quota")
  func taskPool() {
    #expect(CPULimits(online: 8).taskPoolWidth == 8)
    #expect(CPULimits(online: 8, affinity: 3, quota: 0.5).taskPoolWidth == 3)
  }

  @Test("this process may use at least one CPU, and no more than are online")
  func thisProcess() {
    let limits = CPULimits.ofThisProcess()
    #expect(limits.online >= 1)
    #expect((1...limits.online).contains(limits.effective))
    #if os(Linux)
      #expect(limits.affinity != nil)
    #endif
  }
}
