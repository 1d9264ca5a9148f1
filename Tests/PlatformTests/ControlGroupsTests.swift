import Testing

@testable import Platform

/// Trees as the kernel shows them on different machines.
struct ControlGroupsTests {
  private let legacyMount =
    "33 25 0:28 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid shared:12 - cgroup cgroup rw,cpu,cpuacct\n"
  private let unifiedMount =
    "30 23 0:26 / /sys/fs/cgroup rw,nosuid,nodev shared:9 - cgroup2 cgroup2 rw,nsdelegate\n"
  private let otherMounts = """
    22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
    31 25 0:29 / /sys/fs/cgroup/memory rw shared:10 - cgroup cgroup rw,memory
    32 25 0:30 / /sys/fs/cgroup/cpuset rw shared:11 - cgroup cgroup rw,cpuset

    """

  @Test(
    "version 1: the quota is that of the process's group",
    arguments: [("50000", 0.5), ("400000", 4), ("1", 1e-5)])
  func legacyQuota(quota: String, cpus: Double) throws {
    let files = legacy(group: "/job", levels: ["/job": quota])
    #expect(self.quota(files) == cpus)
  }

  @Test(
    "version 1: a quota of -1 or 0, or without a period, is no limit",
    arguments: ["-1", "0", "", "max", "x", "1.5"])
  func legacyNoQuota(quota: String) {
    #expect(self.quota(legacy(group: "/job", levels: ["/job": quota])) == nil)
  }

  @Test("version 1: the tightest ancestor group counts")
  func legacyNested() throws {
    let levels = ["": "-1", "/a": "150000", "/a/b": "-1", "/a/b/c": "300000"]
    #expect(quota(legacy(group: "/a/b/c", levels: levels)) == 1.5)
  }

  @Test("version 1: inside a container the mount point shows the container's own group")
  func legacyContainer() throws {
    let id = "/docker/0123456789abcdef"
    var files = legacy(group: id, levels: ["": "250000"])
    files["proc/self/mountinfo"] = otherMounts + legacyMount.replacing(" / /sys", with: " \(id) /sys")
    #expect(quota(files) == 2.5)
    files["proc/self/cgroup"] = "4:cpu,cpuacct:\(id)/inner\n"
    files["sys/fs/cgroup/cpu,cpuacct/inner/cpu.cfs_quota_us"] = "100000\n"
    files["sys/fs/cgroup/cpu,cpuacct/inner/cpu.cfs_period_us"] = "100000\n"
    #expect(quota(files) == 1)
  }

  @Test("version 2: the quota is that of the process's group")
  func unifiedQuota() throws {
    #expect(quota(unified(group: "/user.slice/job", levels: ["/user.slice/job": "150000 100000"])) == 1.5)
    #expect(quota(unified(group: "/a", levels: ["/a": "20000 10000"])) == 2)
  }

  @Test(
    "version 2: max and malformed text are no limit",
    arguments: [
      "max 100000", "", "\n", "max", "100000", "100000 0", "0 100000", "-1 100000", "a b", "1 2 3",
      "100000 -5",
    ])
  func unifiedNoQuota(text: String) throws {
    #expect(quota(unified(group: "/job", levels: ["/job": text])) == nil)
  }

  @Test("version 2: a tighter ancestor group counts, at any level")
  func unifiedNested() throws {
    let tight = "50000 100000"
    let wide = "800000 100000"
    for place in ["/a", "/a/b", "/a/b/c"] {
      var levels = ["/a": wide, "/a/b": "max 100000", "/a/b/c": wide]
      levels[place] = tight
      #expect(quota(unified(group: "/a/b/c", levels: levels)) == 0.5, "\(place)")
    }
  }

  @Test("version 2: a tighter sibling or child group does not count")
  func unifiedStrangers() throws {
    let levels = ["/a": "max 100000", "/b": "10000 100000", "/a/below": "10000 100000"]
    #expect(quota(unified(group: "/a", levels: levels)) == nil)
  }

  @Test("version 2: inside a namespace the root of the mount is the process's own group")
  func unifiedContainer() throws {
    #expect(quota(unified(group: "/", levels: ["": "300000 100000"])) == 3)
    var files = unified(group: "/kubepods/pod1", levels: ["": "70000 100000"])
    files["proc/self/mountinfo"] =
      otherMounts + unifiedMount.replacing(" / /sys", with: " /kubepods/pod1 /sys")
    #expect(quota(files) == 0.7)
    // A process that was started outside of the namespace it sees.
    files["proc/self/cgroup"] = "0::/../../pod1\n"
    #expect(quota(files) == 0.7)
  }

  @Test("a group whose name starts like the mount's is not below it")
  func unifiedNameBoundary() throws {
    var files = unified(
      group: "/docker/ab/job", levels: ["b/job": "10000 100000", "/docker/ab/job": "80000 100000"])
    files["proc/self/mountinfo"] = otherMounts + unifiedMount.replacing(" / /sys", with: " /docker/a /sys")
    #expect(quota(files) == 0.8)
  }

  @Test("the tighter quota counts if both versions are mounted")
  func hybrid() throws {
    var files = legacy(group: "/job", levels: ["/job": "200000"])
    files["proc/self/cgroup"]? += "0::/job\n"
    files["proc/self/mountinfo"]? += "40 25 0:31 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n"
    #expect(quota(files) == 2)
    files["sys/fs/cgroup/unified/job/cpu.max"] = "100000 100000\n"
    #expect(quota(files) == 1)
  }

  @Test("missing or malformed kernel files mean no quota")
  func malformed() throws {
    let good = unified(group: "/job", levels: ["/job": "50000 100000"])
    #expect(quota(good) == 0.5)
    for file in ["proc/self/cgroup", "proc/self/mountinfo", "sys/fs/cgroup/job/cpu.max"] {
      for text in [
        nil, "", "\n\n", "garbage", ":::::", "- - -", " - \n-", "0:\u{FFFD}:", "a b c d e - cgroup2",
      ] {
        var files = good
        files[file] = text
        #expect(quota(files) == nil, "\(file) is '\(text ?? "missing")'")
      }
    }
  }

  @Test("malformed lines are skipped")
  func noise() throws {
    var files = unified(group: "/job", levels: ["/job": "50000 100000"])
    files["proc/self/cgroup"] = "garbage\n7:memory:/x\n1:name=systemd:/y\n0::/job\n:\n"
    files["proc/self/mountinfo"] = "short line\n- cgroup2\n" + otherMounts + unifiedMount
    #expect(quota(files) == 0.5)
  }

  private func legacy(group: String, levels: [String: String]) -> [String: String] {
    var files = [
      "proc/self/cgroup": "9:memory:/elsewhere\n4:cpu,cpuacct:\(group)\n1:name=systemd:\(group)\n",
      "proc/self/mountinfo": otherMounts + legacyMount,
    ]
    for (level, quota) in levels {
      files["sys/fs/cgroup/cpu,cpuacct\(level)/cpu.cfs_quota_us"] = "\(quota)\n"
      files["sys/fs/cgroup/cpu,cpuacct\(level)/cpu.cfs_period_us"] = "100000\n"
    }
    return files
  }

  private func unified(group: String, levels: [String: String]) -> [String: String] {
    var files = ["proc/self/cgroup": "0::\(group)\n", "proc/self/mountinfo": otherMounts + unifiedMount]
    for (level, text) in levels { files["sys/fs/cgroup\(level)/cpu.max"] = "\(text)\n" }
    return files
  }

  private func quota(_ files: [String: String]) -> Double? {
    ControlGroups.quota(in: FileTree(texts: files))
  }
}
