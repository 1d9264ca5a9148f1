import CPlatform
import Testing

@testable import Platform

struct MemoryTests {
  @Test("more memory than there can be is an error, and a little is none")
  func probe() throws {
    let bytes = 1 << 60
    #expect(throws: SystemError(operation: "allocate \(bytes) bytes", code: ENOMEM)) {
      try Memory.probe(bytes)
    }
    try Memory.probe(1 << 16)
  }
}

extension MemoryTests {
  private static let meminfo = "MemTotal:  8000 kB\nMemFree:  1000 kB\nMemAvailable:   4000 kB\n"

  @Test("the available memory is what the system can give without swapping")
  func available() {
    let tree = FileTree(texts: ["proc/meminfo": Self.meminfo])
    #expect(Memory.available(in: tree) == 4_096_000)
    #expect(Memory.available(in: FileTree(texts: [:])) == nil)
    #expect(Memory.available(in: FileTree(texts: ["proc/meminfo": "MemAvailable: much kB\n"])) == nil)
  }

  @Test(
    "a control group with less memory left decides, and caches of files do not count as used",
    arguments: [
      ("2000000", "500000", 1_600_000), ("max", "500000", 4_096_000), ("100", "500000", 0),
      ("9000000", "0", 4_096_000),
    ] as [(String, String, UInt64)])
  func group(limit: String, used: String, left: UInt64) {
    let tree = FileTree(texts: [
      "proc/meminfo": Self.meminfo, "proc/self/cgroup": "0::/group\n",
      "proc/self/mountinfo": "1 0 0:1 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n",
      "sys/fs/cgroup/group/memory.max": limit + "\n", "sys/fs/cgroup/group/memory.current": used + "\n",
      "sys/fs/cgroup/group/memory.stat": "anon 1\ninactive_file 100000\n",
    ])
    #expect(Memory.available(in: tree) == left)
  }

  @Test("the first version of control groups is read too")
  func legacyGroup() {
    let tree = FileTree(texts: [
      "proc/meminfo": Self.meminfo, "proc/self/cgroup": "5:memory:/group\n",
      "proc/self/mountinfo": "1 0 0:1 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n",
      "sys/fs/cgroup/memory/group/memory.limit_in_bytes": "3000000\n",
      "sys/fs/cgroup/memory/group/memory.usage_in_bytes": "1000000\n",
    ])
    #expect(Memory.available(in: tree) == 2_000_000)
  }
}
