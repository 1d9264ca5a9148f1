import Testing

@testable import Platform

/// Values that Darwin's kernel reports by name.
struct SystemValuesTests {
  /// An Apple M1 Pro.
  private let hybrid = values(
    texts: [
      "hw.model": "MacBookPro18,3", "hw.perflevel0.name": "Performance", "hw.perflevel1.name": "Efficiency",
    ],
    numbers: [
      "hw.packages": 1, "hw.physicalcpu": 10, "hw.logicalcpu": 10, "hw.nperflevels": 2,
      "hw.perflevel0.physicalcpu": 8, "hw.perflevel0.logicalcpu": 8, "hw.perflevel0.l1icachesize": 196608,
      "hw.perflevel0.l1dcachesize": 131072, "hw.perflevel0.l2cachesize": 12_582_912,
      "hw.perflevel0.cpusperl2": 4, "hw.perflevel1.logicalcpu": 2, "hw.perflevel1.l2cachesize": 4_194_304,
      "hw.l1dcachesize": 65536, "hw.l2cachesize": 4_194_304,
    ],
    lists: ["hw.cacheconfig": [10, 1, 2, 0, 0, 0, 0, 0, 0, 0]])

  /// An Intel Core i9-9880H.
  private let uniform = values(
    texts: ["hw.model": "MacBookPro16,1"],
    numbers: [
      "hw.packages": 1, "hw.physicalcpu": 8, "hw.logicalcpu": 16, "hw.nperflevels": 1,
      "hw.perflevel0.logicalcpu": 16, "hw.l1icachesize": 32768, "hw.l1dcachesize": 32768,
      "hw.l2cachesize": 262144, "hw.l3cachesize": 16_777_216, "kern.hv_vmm_present": 0,
    ],
    lists: ["hw.cacheconfig": [16, 2, 2, 16, 0, 0, 0, 0, 0, 0]])

  @Test("performance levels are kinds of core, the fastest first")
  func kinds() throws {
    let topology = try #require(Topology(hybrid))
    #expect(topology.kinds == [CoreKind("performance", count: 8), CoreKind("efficiency", count: 2)])
    #expect(topology.physicalCores == 10 && topology.sockets == 1 && topology.threadsPerCore == 1)
    #expect(topology.cpus == [] && topology.nodes == nil)
  }

  @Test("a machine with one performance level has no kinds of core")
  func noKinds() throws {
    let topology = try #require(Topology(uniform))
    #expect(topology.kinds == [])
    #expect(topology.physicalCores == 8 && topology.limited(to: [0]).physicalCores == 8)
    #expect(topology.threadsPerCore == 2)
  }

  @Test("levels without a name are named by their order, and a level without CPUs does not count")
  func namelessKinds() {
    func kinds(_ counts: [UInt64]) -> [CoreKind]? {
      var numbers: [String: UInt64] = [
        "hw.physicalcpu": 4, "hw.logicalcpu": 4, "hw.nperflevels": UInt64(counts.count),
      ]
      for (level, count) in counts.enumerated() { numbers["hw.perflevel\(level).logicalcpu"] = count }
      return Topology(values(numbers: numbers))?.kinds
    }
    #expect(kinds([3, 1]) == [CoreKind("performance", count: 3), CoreKind("efficiency", count: 1)])
    #expect(kinds([4, 0]) == [])
    #expect(kinds([]) == [])
  }

  @Test("malformed counts of CPUs give no topology")
  func malformed() {
    let counts: [(UInt64, UInt64)] = [(0, 4), (4, 0), (8, 4), (.max, .max), (1, 1 << 40)]
    for (cores, cpus) in counts {
      #expect(Topology(values(numbers: ["hw.physicalcpu": cores, "hw.logicalcpu": cpus])) == nil)
    }
    #expect(Topology(.none) == nil)
    let odd = values(numbers: ["hw.physicalcpu": 3, "hw.logicalcpu": 4, "hw.nperflevels": .max])
    #expect(Topology(odd)?.threadsPerCore == nil && Topology(odd)?.kinds == [])
  }

  @Test("caches are those of the fastest cores, with the number of CPUs that share them")
  func caches() {
    #expect(
      MachineFacts.caches(hybrid) == [
        .init(level: 1, type: "Data", size: 131072, sharedBy: 1),
        .init(level: 1, type: "Instruction", size: 196608, sharedBy: 1),
        .init(level: 2, type: "Unified", size: 12_582_912, sharedBy: 4),
      ])
    #expect(
      MachineFacts.caches(uniform) == [
        .init(level: 1, type: "Data", size: 32768, sharedBy: 2),
        .init(level: 1, type: "Instruction", size: 32768, sharedBy: 2),
        .init(level: 2, type: "Unified", size: 262144, sharedBy: 2),
        .init(level: 3, type: "Unified", size: 16_777_216, sharedBy: 16),
      ])
    #expect(MachineFacts.caches(.none) == [])
  }

  @Test("a virtual machine is recognized, and a Mac is not one")
  func virtualization() {
    #expect(Virtualization(hybrid) == Virtualization(product: "MacBookPro18,3"))
    #expect(Virtualization(uniform) == Virtualization(product: "MacBookPro16,1"))
    let guest = values(texts: ["hw.model": "VirtualMac2,1"], numbers: ["kern.hv_vmm_present": 1])
    #expect(
      Virtualization(guest) == Virtualization(hypervisor: "Apple Virtualization", product: "VirtualMac2,1"))
    let other = values(texts: ["hw.model": "iMacPro1,1"], numbers: ["kern.hv_vmm_present": 1])
    #expect(Virtualization(other)?.hypervisor == "unknown hypervisor")
    #expect(Virtualization(.none) == nil)
  }

  @Test("a number has 4 or 8 bytes, a text ends at the first zero, and an empty text is none")
  func conversions() {
    let bytes: [String: [UInt8]] = [
      "four": [1, 2, 0, 0], "eight": [0, 0, 0, 0, 1, 0, 0, 0], "three": [1, 2, 3],
      "text": Array("ab\0c".utf8),
      "empty": [0], "none": [],
    ]
    let values = SystemValues { bytes[$0] }
    #expect(values.number("four") == 513 && values.number("eight") == 1 << 32)
    #expect(values.number("three") == nil && values.number("none") == nil && values.number("missing") == nil)
    #expect(
      values.numbers("eight") == [1 << 32] && values.numbers("three") == [] && values.numbers("none") == [])
    #expect(values.text("text") == "ab" && values.text("empty") == nil && values.text("missing") == nil)
  }

  @Test("only the tree of this machine has the values of this machine")
  func trees() throws {
    let folder = try TemporaryFolder()
    #expect(FileTree.machine.isMachine)
    #expect(!FileTree(texts: [:]).isMachine && !FileTree(root: folder.path).isMachine)
    #if os(Linux)
      #expect(SystemValues.machine.text("hw.model") == nil && ThermalPressure.read() == nil)
    #endif
  }
}

private func values(
  texts: [String: String] = [:], numbers: [String: UInt64] = [:], lists: [String: [UInt64]] = [:]
) -> SystemValues {
  func bytes(_ number: UInt64) -> [UInt8] { withUnsafeBytes(of: number.littleEndian, Array.init) }
  let known = [
    texts.mapValues { Array($0.utf8) + [0] }, numbers.mapValues(bytes),
    lists.mapValues { $0.flatMap(bytes) },
  ]
  return SystemValues { name in known.lazy.compactMap { $0[name] }.first }
}
