import Records
import Report
import Testing

struct MachineReportTests {
  private let bare = Passport(
    architecture: "arm64", onlineCPUs: 8, effectiveCPUs: 8, kernel: "Darwin 25", swift: "6.3")

  @Test("unknown facts are left out")
  func unknown() {
    #expect(
      machineReport(of: bare, host: "mac") == """
        host            mac
        architecture    arm64
        effective CPUs  8 (8 online, no quota)
        kernel          Darwin 25
        Swift           6.3 (standard library)

        """)
  }

  @Test("every limit behind the effective CPUs is shown")
  func limits() {
    var passport = bare
    (passport.affinityCPUs, passport.quotaCPUs, passport.effectiveCPUs) = (4, 1.5, 2)
    #expect(
      machineReport(of: passport, host: "h").contains(
        "effective CPUs  2 (8 online, 4 in the affinity mask, 1.50 by control group quota)\n"))
  }

  @Test("every fact and every warning is shown")
  func everything() {
    var passport = bare
    (passport.affinityCPUs, passport.cpusetCPUs, passport.quotaCPUs, passport.effectiveCPUs) = (4, 4, 1.5, 2)
    (passport.product, passport.hypervisor, passport.taskPoolWidth) = ("Maker Model", "KVM", 4)
    passport.quotas = [.init(version: 2, depth: 0, cpus: 3), .init(version: 2, depth: 2, cpus: 1.5)]
    passport.bindingLimits = ["quota"]
    passport.processorDetails = .init(
      family: "6", model: "183", stepping: "1", microcode: "0x129", vectorSets: ["avx", "avx2"])
    passport.topology = .init(
      sockets: 2, physicalCores: 4, usableCores: 2, threadsPerCore: 2, nodes: 1,
      siblings: "0,4 1,5 2,6 3,7 8,12 9,13",
      nodeCPUs: "0-3 4-7",
      kinds: [
        .init(name: "performance", cpus: 4, list: "0-3", maximumFrequency: 5_500_000),
        .init(name: "efficiency", cpus: 1),
      ])
    passport.caches = [.init(level: 2, type: "Unified", size: 1 << 20, sharedBy: 2, cpus: 4)]
    passport.clocks = .init(
      governors: ["schedutil"], minimum: 800_000, maximum: 2_000_000, hardwareMaximum: 3_500_000, boost: true)
    passport.load = .init(averages: [0.5, 1, 2], busyCores: 0.25, stolenCores: 0)
    passport.priority = .init(nice: 10, policy: "batch")
    passport.limits = .init(
      stack: 8 << 20, addressSpace: 1 << 30, processes: 99, openFiles: 1024, cpuTime: 60)
    passport.warnings = ["one thing: do this", "another"]
    #expect(
      machineReport(of: passport, host: "h", countersReason: "cycles: none here") == """
        host            h
        machine         Maker Model
        hypervisor      KVM
        processor ID    family 6, model 183, stepping 1, microcode 0x129
        vector sets     avx avx2
        architecture    arm64
        cores           4 physical, 2 sockets, up to 2 threads each (SMT), 1 NUMA node, 2 cores usable
        siblings        0,4 | 1,5 | 2,6 | 3,7 | … (2 more) share a core
        NUMA nodes      CPUs 0-3 | 4-7
        kind of core    performance: 4 CPUs (0-3) up to 5.50 GHz
        kind of core    efficiency: 1 CPU
        effective CPUs  2 (8 online, 4 in the affinity mask, 4 in the cpuset, 1.50 by control group quota)
        limited by      control group quota
        quota           3.00 CPUs, top control group (cgroup v2)
        quota           1.50 CPUs, 2 levels below the top control group (cgroup v2)
        task pool       4 child tasks at a time
        frequency       governor schedutil, 0.80 GHz to 2.00 GHz, hardware maximum 3.50 GHz, boost on
        L2 cache        1024 KiB, shared by 2 CPUs, on 4 of the CPUs
        kernel          Darwin 25
        Swift           6.3 (standard library)
        priority        nice level 10, scheduling policy batch
        limits          stack 8192 KiB, memory 1048576 KiB, 99 processes, 1024 open files, 60 s of CPU time
        load            0.50, 1.00, 2.00 (averages over 1, 5, 15 minutes), 0.25 CPUs busy now, 0.00 stolen
        unavailable     cycles: none here
        warning         one thing: do this
        warning         another

        """)
  }

  @Test("empty parts are left out")
  func emptyParts() {
    var passport = bare
    (passport.topology, passport.clocks, passport.load) = (.init(), .init(), .init())
    (passport.quotas, passport.warnings, passport.bindingLimits) = ([], [], [])
    #expect(machineReport(of: passport, host: "h") == machineReport(of: bare, host: "h"))
  }

  @Test("every cache has its level, size and sharing")
  func caches() {
    var passport = bare
    passport.caches = [
      .init(level: 1, type: "Data", size: 32768, sharedBy: 1),
      .init(level: 2, type: "Unified", size: 1_048_576, sharedBy: 2),
    ]
    let report = machineReport(of: passport, host: "h")
    #expect(report.contains("L1 data cache   32 KiB, one per CPU\n"))
    #expect(report.contains("L2 cache        1024 KiB, shared by 2 CPUs\n"))
  }

  @Test("every fact is one line, whatever it contains", arguments: hostileNames)
  func hostile(name: String) {
    var passport = bare
    (passport.processor, passport.operatingSystem) = (name, name)
    (passport.architecture, passport.kernel, passport.swift) = (name, name, name)
    passport.caches = [.init(level: 1, type: name, size: 1, sharedBy: 1)]
    (passport.hypervisor, passport.product, passport.bindingLimits) = (name, name, [name])
    (passport.clocks, passport.warnings) = (.init(governors: [name], boost: false), [name])
    let report = machineReport(of: passport, host: name, countersReason: name)
    #expect(report.unicodeScalars.count { $0 == "\n" } == 14)
    #expect(isHarmlessOnTerminal(report))
  }

  @Test("facts are wrapped at the width of the terminal, under their own column")
  func wrapping() {
    let report = machineReport(
      of: syntheticRun.passport, host: "h", countersReason: String(repeating: "word ", count: 60),
      style: TextStyle(width: 80))
    let lines = report.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 80 })
    #expect(report.split(whereSeparator: \.isWhitespace).count { $0 == "word" } == 60)
    #expect(lines.contains { $0.hasPrefix("    ") })
  }
}
