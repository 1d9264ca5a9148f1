import CPlatform
import Testing

@testable import Platform

#if os(Linux)
  struct ProcessLimitsTests {
    @Test("a process knows its nice level, policy and limits")
    func changed() async {
      await #expect(processExitsWith: .success) {
        #expect(setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 19) == 0)
        var limit = rlimit(rlim_cur: 1 << 20, rlim_max: 1 << 20)
        #expect(setrlimit(__rlimit_resource_t(RLIMIT_STACK.rawValue), &limit) == 0)
        limit = rlimit(rlim_cur: 3600, rlim_max: 3600)
        #expect(setrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &limit) == 0)
        let limits = ProcessLimits.ofThisProcess()
        #expect(limits.nice == 19 && limits.policy == "other")
        #expect(limits.stack == 1 << 20 && limits.cpuTime == 3600)
      }
    }

    @Test("a resource without a limit has none")
    func unlimited() {
      var limit = rlimit()
      #expect(getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0)
      let isUnlimited = limit.rlim_cur == rlim_t.max
      #expect((ProcessLimits.ofThisProcess().addressSpace == nil) == isUnlimited)
    }
  }
#endif
