import CPlatform
import Testing

@testable import Platform

struct HardwareCountersTests {
  @Test("a refused counter says why, and what to do")
  func refusals() {
    let known: [(Int32, Int?, CounterError)] = [
      (ENOENT, 1, .unsupported), (EOPNOTSUPP, 4, .unsupported), (ENODEV, nil, .unsupported),
      (EACCES, 2, .paranoid(2)),
      (EACCES, 4, .paranoid(4)), (EPERM, 3, .paranoid(3)), (EPERM, 1, .forbidden), (EACCES, nil, .forbidden),
      (ENOSYS, 2, .noKernelSupport), (EMFILE, 2, .other(EMFILE)),
    ]
    for (code, paranoid, refusal) in known {
      let found = CounterError(code: code, paranoid: paranoid)
      #expect(found == refusal)
      #expect(!found.description.contains("\n"))
    }
    #expect(CounterError.paranoid(3).description.contains("sysctl kernel.perf_event_paranoid=1"))
  }

  @Test("a count is scaled to the whole time, and absent if nothing was counted")
  func scaling() {
    #expect(HardwareCounters.scaled(10, enabled: 5, running: 5) == 10)
    #expect(HardwareCounters.scaled(10, enabled: 8, running: 2) == 40)
    #expect(HardwareCounters.scaled(10, enabled: 8, running: 0) == nil)
    #expect(HardwareCounters.scaled(0, enabled: 0, running: 0) == nil)
    #expect(HardwareCounters.scaled(.max, enabled: .max, running: 1) == nil)
  }

  @Test("granted counters count a child and its children; refused ones are left out")
  func child() throws {
    let granted = HardwareCounter.allCases.filter { HardwareCounters.error(counting: $0) == nil }
    let pipe = try Pipe()
    let loop = "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done"
    let child = try ChildProcess.spawn(
      "/bin/sh", ["-c", "(\(loop)) & \(loop); wait"], output: pipe.writer, error: pipe.writer)
    let counters = HardwareCounters(of: child, HardwareCounter.allCases)
    let ended = try child.reap()
    let counts = counters.read()
    #expect(Set(counts.keys).isSubset(of: granted))
    if granted.contains(.taskClock) {
      let clock = Double(try #require(counts[.taskClock]))
      let used = Double(ended.usage.userTime + ended.usage.systemTime)
      #expect(clock > 0 && clock <= used * 1.05 + 5e6)
    }
    if let instructions = counts[.instructions] { #expect(instructions > 40_000) }
  }

  @Test("a process that does not exist has no counts")
  func gone() {
    #expect(HardwareCounters(process: 0x7FFF_FFF0, HardwareCounter.allCases).read() == [:])
  }
}
