import CPlatform
import Testing

@testable import Platform

struct CPUTimeLimitTests {
  private func ended(_ status: Platform.ExitStatus, cpuSeconds: Double) -> ChildProcess.Ended {
    var usage = ResourceUsage(rusage())
    usage.userTime = UInt64(cpuSeconds * 1e9)
    return ChildProcess.Ended(status: status, usage: usage)
  }

  @Test("a program that was killed at the limit on CPU time names the limit and the remedy")
  func atLimit() {
    for signal in [SIGXCPU, SIGKILL] {
      let reason = ended(.signaled(signal), cpuSeconds: 20).reason(cpuTimeLimit: 20)
      #expect(reason.hasSuffix(" at the limit of 20 s of CPU time (raise ulimit -t)"))
    }
  }

  @Test(
    "the limit is named although the kernel counts CPU time in ticks, fewer or more than were used",
    arguments: [(1, 0.85), (1, 1.35), (4, 3.5), (20, 18.7)])
  func inexactCount(limit: UInt64, used: Double) {
    let reason = ended(.signaled(SIGKILL), cpuSeconds: used).reason(cpuTimeLimit: limit)
    #expect(reason.hasSuffix(" at the limit of \(limit) s of CPU time (raise ulimit -t)"))
  }

  @Test("any other end has no such remedy")
  func otherEnds() {
    #expect(ended(.signaled(SIGKILL), cpuSeconds: 9).reason(cpuTimeLimit: 20) == "was killed by SIGKILL")
    #expect(ended(.signaled(SIGKILL), cpuSeconds: 0.5).reason(cpuTimeLimit: 1) == "was killed by SIGKILL")
    #expect(ended(.signaled(SIGKILL), cpuSeconds: 20).reason(cpuTimeLimit: nil) == "was killed by SIGKILL")
    #expect(ended(.signaled(SIGTERM), cpuSeconds: 20).reason(cpuTimeLimit: 20) == "was killed by SIGTERM")
    #expect(ended(.exited(1), cpuSeconds: 20).reason(cpuTimeLimit: 20) == "exited with status 1")
  }
}
