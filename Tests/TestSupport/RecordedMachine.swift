/// The `/proc`, `/sys` and control groups of machines, as their kernels show them.
public struct RecordedMachine: CustomStringConvertible, Sendable {
  /// A short description, such as its processor.
  public let description: String
  /// Its files, by their paths below the root.
  public let files: [String: String]
  /// The expected topology: sockets, physical cores, threads per core and memory nodes.
  public let topology: [Int?]

  init(_ description: String, _ files: [String: String], topology: [Int?]) {
    (self.description, self.files, self.topology) = (description, files, topology)
  }

  /// All of them.
  public static let all = [epyc, twoSockets, arm, oldArm, hybrid, raptorLake]

  /// 64 cores of one AMD EPYC 7713 with SMT, four memory nodes, amd-pstate; systemd with version 2.
  public static let epyc = RecordedMachine(
    "64 cores with SMT, version 2 nested",
    cpus(0..<128) { number in
      ("0", "\(number % 64)", "\(number % 64),\(number % 64 + 64)", "core_cpus_list")
    }
    .merging(frequency(0..<128, governor: "schedutil", 1_500_000, 3_720_703, 3_720_703)) { $1 }
    .merging([
      "sys/devices/system/cpu/online": "0-127\n", "sys/devices/system/node/has_cpu": "0-3\n",
      "sys/devices/system/node/online": "0-3\n", "sys/devices/system/cpu/cpufreq/boost": "1\n",
      "proc/cpuinfo":
        "processor\t: 0\nmodel name\t: AMD EPYC 7713 64-Core Processor\nflags\t\t: fpu vme svm\n\n",
      "sys/class/dmi/id/sys_vendor": "Dell Inc.\n", "sys/class/dmi/id/product_name": "PowerEdge R6525\n",
      "proc/loadavg": "0.42 0.31 0.20 1/1520 90210\n",
      "proc/self/status":
        "Name:\tscaleup\nCpus_allowed:\tff\nCpus_allowed_list:\t0-15,64-79\nMems_allowed_list:\t0\n",
      "proc/self/cgroup": "0::/user.slice/user-1000.slice/session-3.scope\n",
      "proc/self/mountinfo":
        "30 23 0:26 / /sys/fs/cgroup rw,nosuid,nodev shared:9 - cgroup2 cgroup2 rw,nsdelegate\n",
      "sys/fs/cgroup/cpu.stat": "usage_usec 9\nuser_usec 5\nsystem_usec 4\n",
      "sys/fs/cgroup/cpuset.cpus.effective": "0-127\n",
      "sys/fs/cgroup/user.slice/cpu.max": "3200000 100000\n",
      "sys/fs/cgroup/user.slice/cpu.stat":
        "usage_usec 8\nuser_usec 5\nsystem_usec 3\nnr_periods 100\nnr_throttled 3\nthrottled_usec 1500\nnr_bursts 0\n",
      "sys/fs/cgroup/user.slice/cpuset.cpus.effective": "0-15,64-79\n",
      "sys/fs/cgroup/user.slice/user-1000.slice/cpu.max": "max 100000\n",
      "sys/fs/cgroup/user.slice/user-1000.slice/cpu.stat":
        "usage_usec 8\nnr_periods 0\nnr_throttled 0\nthrottled_usec 0\n",
      "sys/fs/cgroup/user.slice/user-1000.slice/session-3.scope/cpu.pressure": "some avg10=0.00\n",
    ]) { $1 }, topology: [1, 64, 2, 4])

  /// Two Xeons of 4 cores each with hyperthreads, numbered in turns; intel_pstate; Docker with version 1.
  public static let twoSockets = RecordedMachine(
    "two sockets, version 1 in a container",
    cpus(0..<16) { number in
      ("\(number % 2)", "\(number / 2 % 4)", "\(number % 8),\(number % 8 + 8)", "thread_siblings_list")
    }
    .merging(frequency(0..<16, governor: "powersave", 800_000, 2_000_000, 3_500_000)) { $1 }
    .merging([
      "sys/devices/system/cpu/online": "0-15\n", "sys/devices/system/node/has_cpu": "0-1\n",
      "sys/devices/system/cpu/intel_pstate/no_turbo": "0\n",
      "proc/cpuinfo": "processor\t: 0\nmodel name\t: Intel(R) Xeon(R)\nflags\t\t: fpu hypervisor lahf_lm\n\n",
      "sys/hypervisor/type": "xen\n", "sys/class/dmi/id/sys_vendor": "Xen\n",
      "sys/class/dmi/id/product_name": "HVM domU\n", "proc/loadavg": "12.00 3.50 1.25 13/900 77\n",
      "proc/self/status": "Name:\tscaleup\nCpus_allowed_list:\t0-3\n",
      "proc/self/cgroup": "5:cpuset:/docker/ab\n4:cpu,cpuacct:/docker/ab\n1:name=systemd:/docker/ab\n",
      "proc/self/mountinfo": """
      33 25 0:28 /docker/ab /sys/fs/cgroup/cpu,cpuacct ro,nosuid - cgroup cgroup rw,cpu,cpuacct
      34 25 0:29 /docker/ab /sys/fs/cgroup/cpuset ro,nosuid - cgroup cgroup rw,cpuset

      """,
      "sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "150000\n",
      "sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us": "100000\n",
      "sys/fs/cgroup/cpu,cpuacct/cpu.stat": "nr_periods 50\nnr_throttled 7\nthrottled_time 123456789\n",
      "sys/fs/cgroup/cpuset/cpuset.cpus": "0-3\n",
      "sys/fs/cgroup/cpuset/cpuset.effective_cpus": "0-3\n",
    ]) { $1 }, topology: [2, 8, 2, 2])

  /// An Arm server in a cloud: no SMT, no clock that shows, no flag for its hypervisor.
  public static let arm = RecordedMachine(
    "arm64 in a cloud",
    cpus(0..<64) { number in ("0", "\(number)", "\(number)", "core_cpus_list") }
      .merging([
        "sys/devices/system/cpu/online": "0-63\n", "sys/devices/system/node/has_cpu": "0\n",
        "proc/cpuinfo":
          "processor\t: 0\nBogoMIPS\t: 243.75\nFeatures\t: fp asimd\nCPU implementer\t: 0x41\n\n",
        "sys/class/dmi/id/sys_vendor": "Amazon EC2\n", "sys/class/dmi/id/product_name": "c7g.16xlarge\n",
        "proc/loadavg": "0.00 0.00 0.00 1/200 9\n", "proc/self/cgroup": "0::/\n",
        "proc/self/mountinfo": "30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n",
      ]) { $1 }, topology: [1, 64, 1, 1])

  /// A board whose firmware tells no sockets, with an old kernel.
  public static let oldArm = RecordedMachine(
    "arm64 without sockets",
    cpus(0..<4) { number in ("-1", "\(number)", "\(number)", "thread_siblings_list") }
      .merging(["sys/devices/system/cpu/online": "0-3\n"]) { $1 }, topology: [nil, 4, 1, nil])

  /// Two fast cores with hyperthreads and four small ones without; one CPU is offline.
  public static let hybrid = RecordedMachine(
    "cores of two kinds",
    cpus(0..<8) { number in
      (
        "0", number < 4 ? "\(number / 2 * 4)" : "\(number + 4)",
        number < 4
          ? "\(number / 2 * 2)-\(number / 2 * 2 + 1)"
          : "\(number)", "core_cpus_list"
      )
    }
    .merging(["sys/devices/system/cpu/online": "0-6\n", "sys/devices/system/node/online": "0\n"]) { $1 },
    topology: [1, 5, 2, 1])

  /// An Intel Core i9-13900K: 8 performance cores with hyperthreads, 16 efficiency cores in clusters of four.
  public static let raptorLake = RecordedMachine(
    "performance and efficiency cores",
    cpus(0..<32) { number in
      (
        "0", number < 16 ? "\(number / 2 * 4)" : "\(number + 16)",
        number < 16 ? "\(number / 2 * 2)-\(number / 2 * 2 + 1)" : "\(number)", "core_cpus_list"
      )
    }
    .merging(frequency(0..<16, governor: "powersave", 800_000, 5_500_000, 5_500_000)) { $1 }
    .merging(frequency(16..<32, governor: "powersave", 800_000, 4_300_000, 4_300_000)) { $1 }
    .merging(
      caches(0..<32) { number in
        let (first, fourth) = (number / 2 * 2, number / 4 * 4)
        return number < 16
          ? [
            ("1", "Data", "48K", "\(first)-\(first + 1)"), ("2", "Unified", "2048K", "\(first)-\(first + 1)"),
          ]
          : [("1", "Data", "32K", "\(number)"), ("2", "Unified", "4096K", "\(fourth)-\(fourth + 3)")]
      }
    ) { $1 }
    .merging([
      "sys/devices/system/cpu/online": "0-31\n", "sys/devices/system/node/has_cpu": "0\n",
      "sys/devices/system/node/node0/cpulist": "0-31\n",
      "sys/devices/cpu_core/cpus": "0-15\n", "sys/devices/cpu_atom/cpus": "16-31\n",
      "proc/self/status": "Name:\tscaleup\nCpus_allowed_list:\t0-31\n",
      "proc/cpuinfo": (0..<32).map { number in
        """
        processor\t: \(number)
        cpu family\t: 6
        model\t\t: 183
        model name\t: 13th Gen Intel(R) Core(TM) i9-13900K
        stepping\t: 1
        microcode\t: 0x129
        flags\t\t: fpu sse4_2 \(number < 16 ? "avx avx2 fma avx_vnni" : "avx avx2 fma")


        """
      }.joined(),
    ]) { $1 }, topology: [1, 24, 2, 1])

  private static func caches(
    _ numbers: Range<Int>, _ describe: (Int) -> [(level: String, type: String, size: String, list: String)]
  ) -> [String: String] {
    var files: [String: String] = [:]
    for number in numbers {
      for (index, cache) in describe(number).enumerated() {
        let folder = "sys/devices/system/cpu/cpu\(number)/cache/index\(index)"
        files["\(folder)/level"] = "\(cache.level)\n"
        files["\(folder)/type"] = "\(cache.type)\n"
        files["\(folder)/size"] = "\(cache.size)\n"
        files["\(folder)/shared_cpu_list"] = "\(cache.list)\n"
      }
    }
    return files
  }

  private static func cpus(
    _ numbers: Range<Int>,
    _ describe: (Int) -> (package: String, core: String, siblings: String, list: String)
  ) -> [String: String] {
    var files: [String: String] = [:]
    for number in numbers {
      let folder = "sys/devices/system/cpu/cpu\(number)/topology"
      let cpu = describe(number)
      files["\(folder)/physical_package_id"] = "\(cpu.package)\n"
      files["\(folder)/core_id"] = "\(cpu.core)\n"
      files["\(folder)/\(cpu.list)"] = "\(cpu.siblings)\n"
    }
    return files
  }

  private static func frequency(
    _ numbers: Range<Int>, governor: String, _ minimum: Int, _ maximum: Int, _ hardware: Int
  ) -> [String: String] {
    var files: [String: String] = [:]
    for number in numbers {
      let folder = "sys/devices/system/cpu/cpu\(number)/cpufreq"
      files["\(folder)/scaling_governor"] = "\(governor)\n"
      files["\(folder)/scaling_min_freq"] = "\(minimum)\n"
      files["\(folder)/scaling_max_freq"] = "\(maximum)\n"
      files["\(folder)/cpuinfo_max_freq"] = "\(hardware)\n"
      files["\(folder)/scaling_cur_freq"] = "\(maximum - number)\n"
    }
    return files
  }
}
