import CPlatform
import Testing

@testable import Platform

struct CPUTimeLimitTests {
  private func ended(_ status: Platform.ExitStatus, cpuSeconds: UInt64) -> ChildProcess.Ended {
    var usage = ResourceUsage(rusage())
    usage.userTime = cpuSeconds * 1_000_000_000
    return ChildProcess.Ended(status: status, usage: usage)
  }

  @Test("a program that was killed at the limit on CPU time names the limit and the remedy")
  func atLimit() {
    for signal in [SIGXCPU, SIGKILL] {
      let reason = ended(.signaled(signal), cpuSeconds: 20).reason(cpuTimeLimit: 20)
      #expect(reason.hasSuffix(" at the limit of 20 s of CPU time (raise ulimit -t)"))
    }
  }

  @Test("any other end has no such remedy")
  func otherEnds() {
    #expect(ended(.signaled(SIGKILL), cpuSeconds: 9).reason(cpuTimeLimit: 20) == "was killed by SIGKILL")
    #expect(ended(.signaled(SIGKILL), cpuSeconds: 20).reason(cpuTimeLimit: nil) == "was killed by SIGKILL")
    #expect(ended(.signaled(SIGTERM), cpuSeconds: 20).reason(cpuTimeLimit: 20) == "was killed by SIGTERM")
    #expect(ended(.exited(1), cpuSeconds: 20).reason(cpuTimeLimit: 20) == "exited with status 1")
  }
}
