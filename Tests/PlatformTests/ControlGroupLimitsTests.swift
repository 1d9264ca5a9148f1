import TestSupport
import Testing

@testable import Platform

struct ControlGroupLimitsTests {
  @Test("each level's quota is listed, with its cgroup version")
  func quotas() throws {
    #expect(read(.epyc) { ControlGroups.quotas(in: $0) } == [.init(version: 2, depth: 1, cpus: 32)])
    #expect(
      read(.twoSockets) { ControlGroups.quotas(in: $0) } == [.init(version: 1, depth: 0, cpus: 1.5)])
    #expect(read(.arm) { ControlGroups.quotas(in: $0) } == [])
    var files = RecordedMachine.epyc.files
    files["sys/fs/cgroup/user.slice/user-1000.slice/cpu.max"] = "50000 100000\n"
    files["sys/fs/cgroup/user.slice/user-1000.slice/session-3.scope/cpu.max"] = "100000 100000\n"
    let quotas = read(files) { ControlGroups.quotas(in: $0) }
    #expect(quotas.map(\.depth) == [1, 2, 3] && quotas.map(\.cpus) == [32, 0.5, 1])
  }

  @Test("the cpuset is that of the innermost group that has one, in either version")
  func cpuset() throws {
    #expect(read(.epyc) { ControlGroups.cpuset(in: $0) } == Array(0..<16) + Array(64..<80))
    #expect(read(.twoSockets) { ControlGroups.cpuset(in: $0) } == [0, 1, 2, 3])
    #expect(read(.arm) { ControlGroups.cpuset(in: $0) } == nil)
    var files = RecordedMachine.twoSockets.files
    files["sys/fs/cgroup/cpuset/cpuset.effective_cpus"] = nil
    files["sys/fs/cgroup/cpuset/cpuset.cpus"] = "2\n"
    #expect(read(files) { ControlGroups.cpuset(in: $0) } == [2])
  }

  @Test("throttling is the sum over all groups, in nanoseconds for either version")
  func throttling() throws {
    #expect(
      read(.epyc) { ThrottlingReader(from: $0).read() } == Throttling(periods: 3, time: 1_500_000))
    #expect(
      read(.twoSockets) { ThrottlingReader(from: $0).read() } == Throttling(periods: 7, time: 123_456_789)
    )
    #expect(read(.arm) { ThrottlingReader(from: $0).read() } == nil)
  }

  @Test(
    "malformed throttling counters are ignored",
    arguments: [
      "", "nr_throttled\nthrottled_usec\n", "nr_throttled x\nthrottled_usec 1\n", "nr_throttled 1\n",
    ])
  func malformedThrottling(text: String) throws {
    var files = RecordedMachine.epyc.files
    for level in ["user.slice", "user.slice/user-1000.slice"] {
      files["sys/fs/cgroup/\(level)/cpu.stat"] = text
    }
    #expect(read(files) { ThrottlingReader(from: $0).read() } == nil)
  }

  @Test("throttling since an earlier reading is the difference, and absent if counters were reset")
  func since() {
    let (early, late) = (Throttling(periods: 3, time: 10), Throttling(periods: 5, time: 40))
    #expect(late.since(early) == Throttling(periods: 2, time: 30))
    #expect(early.since(late) == Throttling(periods: 0, time: 0))
  }

  private func read<Value>(_ machine: RecordedMachine, _ body: (FileTree) -> Value) -> Value {
    read(machine.files, body)
  }

  private func read<Value>(_ files: [String: String], _ body: (FileTree) -> Value) -> Value {
    body(FileTree(texts: files))
  }
}
