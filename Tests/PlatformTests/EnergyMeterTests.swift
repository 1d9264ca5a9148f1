import TestSupport
import Testing

@testable import Platform

#if !canImport(Darwin)
  struct EnergyMeterTests {
    private static let second: UInt64 = 1_000_000_000

    private func meter(_ zones: [RecordedZone], _ more: [String: String] = [:]) throws -> EnergyMeter {
      try EnergyMeter(from: FileTree(texts: powercap(zones).merging(more) { $1 }))
    }

    /// The energy between two states of a machine.
    private func energy(
      from earlier: [RecordedZone], to later: [RecordedZone], in time: UInt64 = second
    ) throws -> EnergyUse? {
      let (one, two) = (try meter(earlier), try meter(later))
      return one.energy(from: try #require(one.read(at: 5)), to: try #require(two.read(at: 5 + time)))
    }

    private func problem(_ tree: FileTree) -> EnergyError? {
      do throws(EnergyError) {
        _ = try EnergyMeter(from: tree)
        return nil
      } catch {
        return error
      }
    }

    @Test("one package is the energy of the processor, and its cores are not counted twice")
    func onePackage() throws {
      #expect(try meter(RecordedZone.amd(0)).names == ["package-0"])
      #expect(
        try energy(from: RecordedZone.amd(1_000_000), to: RecordedZone.amd(13_500_000))
          == EnergyUse(processor: 12_500_000))
    }

    @Test("two packages are added up, and so is their memory, which is apart from them")
    func twoPackages() throws {
      let before = RecordedZone.twoSockets([100, 2000], memory: [30, 40])
      let after = RecordedZone.twoSockets([1100, 2500], memory: [37, 41])
      #expect(
        try meter(before).names == ["package-1", "package-0", "package-1/dram", "package-0/dram"])
      #expect(try energy(from: before, to: after) == EnergyUse(processor: 1500, memory: 8))
    }

    @Test("cores, graphics, the platform and the second interface of a package are not counted beside it")
    func laptop() throws {
      let before = RecordedZone.laptop(1000, memory: 100, platform: 9000)
      #expect(try meter(before).names == ["package-0", "package-0/dram"])
      let after = RecordedZone.laptop(5000, memory: 300, platform: 99000)
      #expect(try energy(from: before, to: after) == EnergyUse(processor: 4000, memory: 200))
    }

    @Test("a package that only the second interface shows is counted")
    func secondInterface() throws {
      let zones = [RecordedZone("intel-rapl-mmio:0", "package-0", "7")]
      #expect(try meter(zones).names == ["package-0"])
    }

    @Test("a package that two zones show is counted once, and dies and gaps in the numbers are found")
    func repeatedNames() throws {
      let zones = [
        RecordedZone("intel-rapl:1", "package-0-die-0", "1"),
        RecordedZone("intel-rapl:4", "package-0-die-1", "1"),
        RecordedZone("intel-rapl:5", "package-0-die-1", "1"),
      ]
      #expect(try meter(zones).names == ["package-0-die-0", "package-0-die-1"])
    }

    @Test("the platform is counted only without packages")
    func platform() throws {
      func psys(_ energy: UInt64) -> [RecordedZone] { [RecordedZone("intel-rapl:0", "psys", "\(energy)")] }
      #expect(try energy(from: psys(5), to: psys(25)) == EnergyUse(platform: 20))
    }

    @Test("a counter that begins anew is continued")
    func wrapAround() throws {
      let range: UInt64 = 65_532_610_987
      #expect(
        try energy(from: RecordedZone.amd(range - 1_000_000), to: RecordedZone.amd(2_000_000))
          == EnergyUse(processor: 3_000_000))
      #expect(
        try energy(from: RecordedZone.amd(range), to: RecordedZone.amd(range)) == EnergyUse(processor: 0))
    }

    @Test("the energy of a time in which a counter may begin anew twice is unknown")
    func twoWraps() throws {
      // At 1 kW, the range of 65.5 kJ lasts 65.5 s.
      let (before, after) = (RecordedZone.amd(1), RecordedZone.amd(2))
      #expect(try energy(from: before, to: after, in: 65 * Self.second) == EnergyUse(processor: 1))
      #expect(try energy(from: before, to: after, in: 66 * Self.second) == nil)
      #expect(try energy(from: before, to: after, in: .max - 5) == nil)
      let one = try meter(before)
      #expect(one.energy(from: try #require(one.read(at: 2)), to: try #require(one.read(at: 1))) == nil)
    }

    @Test("a counter that becomes unreadable or leaves its range has no reading")
    func lostCounter() throws {
      try inFolder { root in
        try writeTree(powercap(RecordedZone.amd(7)), to: root)
        let meter = try EnergyMeter(from: FileTree(root: root))
        #expect(meter.read(at: 0) != nil)
        for text in ["", "x\n", "-1\n", "65532610988\n", "99999999999999999999\n"] {
          try writeTree(["sys/class/powercap/intel-rapl:0/energy_uj": text], to: root)
          #expect(meter.read(at: 1) == nil, "\(text)")
        }
      }
    }

    @Test("a counter that only root may read gives the reason and the remedy in one line")
    func forbidden() throws {
      let zones = RecordedZone.twoSockets([1, 2], memory: [3, 4])
      for package in [zones[0], zones[2]] {
        let tree = FileTree(texts: powercap(zones), forbidden: ["\(package.path)/energy_uj"])
        #expect(problem(tree) == .forbidden)
      }
      let line = "\(EnergyError.forbidden)"
      #expect(line.contains("only root") && line.contains("chmod") && !line.contains("\n"))
    }

    @Test("memory that is unreadable is left out")
    func forbiddenMemory() throws {
      let zones = RecordedZone.laptop(1, memory: 2, platform: 3)
      let tree = FileTree(texts: powercap(zones), forbidden: ["\(zones[3].path)/energy_uj"])
      #expect(try EnergyMeter(from: tree).names == ["package-0"])
    }

    @Test("a machine without counters says whether that is usual")
    func absent() {
      #expect(problem(FileTree(texts: [:])) == .absent(isVirtual: false))
      let virtual = FileTree(texts: ["proc/cpuinfo": "flags\t\t: fpu hypervisor\n"])
      #expect(problem(virtual) == .absent(isVirtual: true))
      // Zones of other drivers, or parts alone, are no packages.
      let others = [
        RecordedZone("dtpm:0", "package-0", "1"), RecordedZone("intel-rapl:0", "core", "1"),
        RecordedZone("intel-rapl:1:0", "package-0", "1"),
      ]
      #expect(problem(FileTree(texts: powercap(others))) == .absent(isVirtual: false))
    }

    @Test("a counter with an impossible value or range gives a reason", arguments: ["", "x", "-1", "1e9"])
    func malformed(text: String) {
      for zone in [
        RecordedZone("intel-rapl:0", "package-0", text),
        RecordedZone("intel-rapl:0", "package-0", "1", range: text),
        RecordedZone("intel-rapl:0", "package-0", "0", range: "0"),
        RecordedZone("intel-rapl:0", "package-0", "1", range: "9223372036854775807"),
        RecordedZone("intel-rapl:0", "package-0", "2", range: "1"),
      ] {
        #expect(problem(FileTree(texts: powercap([zone]))) == .malformed("package-0"))
      }
    }

    @Test("every reason is one short line")
    func reasons() {
      let all: [EnergyError] = [
        .unsupported, .absent(isVirtual: true), .absent(isVirtual: false), .forbidden,
        .malformed("package-0"),
      ]
      #expect(all.allSatisfy { !"\($0)".contains("\n") && "\($0)".count <= 110 })
    }

    @Test("sums of energy keep only the parts that all spans have")
    func sums() {
      let one = EnergyUse(processor: 1, memory: 2)
      #expect(one + EnergyUse(processor: 10, memory: 20) == EnergyUse(processor: 11, memory: 22))
      #expect(one + EnergyUse(processor: 10, platform: 5) == EnergyUse(processor: 11))
    }

    @Test("a file that cannot be opened for want of permission is told from a missing one")
    func permission() throws {
      let tree = FileTree(texts: ["a": "1"], forbidden: ["b"])
      #expect(!tree.isForbidden("a") && tree.isForbidden("b") && !tree.isForbidden("c"))
      #expect(tree.text("b") == nil)
      try inFolder { root in
        try writeTree(["a": "1"], to: root)
        let tree = FileTree(root: root)
        #expect(!tree.isForbidden("a") && !tree.isForbidden("c"))
      }
    }

    private func inFolder(_ body: (String) throws -> Void) throws {
      let folder = try TemporaryFolder()
      try body(folder.path)
    }
  }
#endif
