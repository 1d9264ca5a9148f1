import Analysis
import Platform
import Records
import TestSupport
import Testing

@testable import Harness

#if os(Linux)
  struct PassportReaderTests {
    /// The passport of a recorded machine, and what a run with so many workers would be warned of. What a process is told
    /// by system calls is this machine's own, whatever the files say.
    private func read(
      _ files: [String: String], mostWorkers: Int? = nil
    ) -> (passport: Passport, warnings: [String]) {
      var passport = Passport.ofThisMachine(in: FileTree(texts: files)).passport
      (passport.onlineCPUs, passport.affinityCPUs) = (128, nil)
      return (passport, warnings(of: passport, mostWorkers: mostWorkers))
    }

    @Test("a large SMT machine has all facts and warnings")
    func epyc() throws {
      let (passport, warnings) = read(RecordedMachine.epyc.files)
      #expect(
        passport.topology
          == .init(
            sockets: 1, physicalCores: 64, usableCores: 16, threadsPerCore: 2, nodes: 4,
            siblings: (0..<16).map { "\($0),\($0 + 64)" }.joined(separator: " ")))
      #expect(passport.clocks?.governors == ["schedutil"] && passport.clocks?.boost == true)
      #expect(passport.cpusetCPUs == 32 && passport.quotaCPUs == 32)
      #expect(passport.quotas == [.init(version: 2, depth: 1, cpus: 32)])
      #expect(passport.hypervisor == nil && passport.product == "Dell Inc. PowerEdge R6525")
      #expect(passport.load?.averages == [0.42, 0.31, 0.2] && passport.throttledPeriods == 3)
      for word in [
        "the cpuset limits this run to 32 of 128 CPUs", "32.00 of 128 CPUs", "3 times", "'schedutil'",
        "boost is on",
      ] {
        #expect(warnings.contains { $0.contains(word) }, "\(word)")
      }
    }

    @Test("a hybrid machine has its kinds of core, and what tells its processor from others")
    func hybrid() {
      let passport = read(RecordedMachine.raptorLake.files).passport
      #expect(
        passport.topology?.kinds == [
          .init(name: "performance", cpus: 16, list: "0-15", maximumFrequency: 5_500_000),
          .init(name: "efficiency", cpus: 16, list: "16-31", maximumFrequency: 4_300_000),
        ])
      #expect(
        passport.processorDetails
          == .init(
            family: "6", model: "183", stepping: "1", microcode: "0x129",
            vectorSets: ["sse4_2", "avx", "avx2", "fma"]))
      #expect(passport.caches.map(\.cpus) == [16, 16, 16, 16])
    }

    @Test("CPUs of several memory nodes are listed by node")
    func nodes() {
      var files = RecordedMachine.twoSockets.files
      files["sys/devices/system/node/node0/cpulist"] = "0,2,4,6,8,10,12,14\n"
      files["sys/devices/system/node/node1/cpulist"] = "1,3,5,7,9,11,13,15\n"
      #expect(read(files).passport.topology?.nodeCPUs == "0,2 1,3")
    }

    @Test("the priority and the limits of this process are recorded")
    func process() throws {
      let (passport, limits) = (Passport.ofThisMachine().passport, ProcessLimits.ofThisProcess())
      #expect(passport.priority == .init(nice: limits.nice, policy: limits.policy) && limits.policy != nil)
      #expect(passport.limits?.openFiles == limits.openFiles && passport.limits?.stack == limits.stack)
    }

    @Test("a container with cgroup version 1 has all its limits")
    func container() throws {
      let (passport, warnings) = read(RecordedMachine.twoSockets.files)
      #expect(passport.topology?.sockets == 2 && passport.quotaCPUs == 1.5 && passport.cpusetCPUs == 4)
      #expect(passport.hypervisor == "xen" && passport.throttledPeriods == 7)
      for word in ["1.50 of 128 CPUs", "4 of 128", "'powersave'", "2.00 GHz of 3.50 GHz"] {
        #expect(warnings.contains { $0.contains(word) }, "\(word)")
      }
    }

    @Test("only the allowed cores count as busy or stolen, and all if the allowed ones have other numbers")
    func allowedCores() {
      func reading(_ cores: [(busy: UInt64, steal: UInt64)]) -> CoreReading {
        CoreReading(cores: cores.enumerated().map { .init(number: $0 + 8, busy: $1.busy, steal: $1.steal) })
      }
      let (before, after) = (reading([(100, 10), (100, 10)]), reading([(300, 20), (150, 10)]))
      for (allowed, busy, stolen) in [
        (nil, 1.25, 0.05), ([8], 1, 0.05), ([9], 0.25, 0), ([0, 1], 1.25, 0.05),
      ]
        as [(Set<Int>?, Double, Double)]
      {
        var load = Passport.Load()
        load.enter(before, after, time: 200, allowed: allowed)
        #expect(load == .init(busyCores: busy, stolenCores: stolen))
      }
    }

    @Test("cores whose steal time is unknown leave the stolen cores unknown")
    func unknownSteal() {
      func reading(_ busy: UInt64) -> CoreReading {
        CoreReading(cores: [.init(number: 0, busy: busy, steal: nil)])
      }
      var load = Passport.Load()
      load.enter(reading(100), reading(300), time: 400, allowed: nil)
      #expect(load == .init(busyCores: 0.5))
    }

    @Test("a machine without kernel files lacks those facts")
    func nothing() throws {
      let passport = read(["proc/nothing": ""]).passport
      #expect(passport.topology == nil && passport.clocks == nil && passport.hypervisor == nil)
      #expect(passport.load == nil && passport.quotas == nil && passport.cpusetCPUs == nil)
      #expect(passport.processor == nil && passport.memory == nil && passport.caches == [])
      #expect(passport.throttledPeriods == nil && passport.product == nil)
    }

    @Test("a machine with any damaged file is read and written without a crash", arguments: 0..<20)
    func damage(seed: UInt64) throws {
      var generator = SplitMix64(seed: seed)
      let machine = RecordedMachine.all[Int(seed) % RecordedMachine.all.count]
      var files = machine.files.filter { !$0.key.contains("cpu/cpu") || $0.key.contains("cpu/cpu1/") }
      for (name, text) in files where Bool.random(using: &generator) {
        var bytes = Array(text.utf8)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes.removeLast(Int.random(in: 0...bytes.count, using: &generator))
        case 1: bytes.shuffle(using: &generator)
        default: bytes = bytes.map { _ in UInt8.random(in: 0...255, using: &generator) }
        }
        files[name] = String(decoding: bytes, as: UTF8.self)
      }
      let (passport, warnings) = read(files)
      _ = try MachineRecord(host: "h", passport: passport).text()
      #expect(warnings.allSatisfy { !$0.contains("\n") })
    }
  }
#endif
