import TestSupport
import Testing

@testable import Platform

#if !canImport(Darwin)
  struct CoreKindTests {
    private func kinds(_ files: [String: String]) -> [CoreKind] {
      Topology.read(from: FileTree(texts: files))?.kinds ?? []
    }

    /// A machine whose CPUs have a value in a file each.
    private func machine(_ file: String, _ values: [Int]) -> [String: String] {
      var files = ["sys/devices/system/cpu/online": "0-\(values.count - 1)\n"]
      for (cpu, value) in values.enumerated() {
        files["sys/devices/system/cpu/cpu\(cpu)/\(file)"] = "\(value)\n"
      }
      return files
    }

    @Test("Intel's kinds of core are those of its event sources, with their highest frequencies")
    func intel() {
      #expect(
        kinds(RecordedMachine.raptorLake.files) == [
          CoreKind("performance", cpus: Array(0..<16), maximumFrequency: 5_500_000),
          CoreKind("efficiency", cpus: Array(16..<32), maximumFrequency: 4_300_000),
        ])
    }

    @Test("kinds of core that have no CPU online are left out, and one kind is none")
    func offline() {
      var files = RecordedMachine.raptorLake.files
      files["sys/devices/system/cpu/online"] = "1-17\n"
      #expect(kinds(files).map(\.count) == [15, 2])
      files["sys/devices/system/cpu/online"] = "0-15\n"
      #expect(kinds(files) == [])
    }

    @Test(
      "kinds of core are told apart by capacity, the fastest first",
      arguments: ["cpu_capacity", "cpufreq/cpuinfo_max_freq"])
    func values(file: String) {
      let kinds = kinds(machine(file, [446, 446, 1024, 1024, 871, 1024]))
      #expect(kinds.map(\.name) == ["performance", "middle", "efficiency"])
      #expect(kinds.map(\.cpus) == [[2, 3, 5], [4], [0, 1]])
    }

    @Test("capacity comes before frequency")
    func capacityFirst() {
      var files = machine("cpu_capacity", [512, 1024])
      files.merge(machine("cpufreq/cpuinfo_max_freq", [4_000_000, 3_000_000])) { $1 }
      #expect(
        kinds(files) == [
          CoreKind("performance", cpus: [1], maximumFrequency: 3_000_000),
          CoreKind("efficiency", cpus: [0], maximumFrequency: 4_000_000),
        ])
    }

    @Test("cores that are rated a few percent apart are of one kind")
    func preferredCores() {
      #expect(kinds(machine("cpufreq/cpuinfo_max_freq", [5_881, 5_836, 5_700, 5_400, 5_050, 4_800])) == [])
      #expect(kinds(machine("cpu_capacity", [1024, 1024])) == [])
    }

    @Test("a CPU without a value leaves the kinds unknown", arguments: ["", "0", "?", "-5"])
    func incomplete(text: String) {
      var files = machine("cpu_capacity", [512, 1024, 1024])
      files["sys/devices/system/cpu/cpu1/cpu_capacity"] = text
      #expect(kinds(files) == [])
    }

    @Test("the part of a machine has the kinds of its CPUs")
    func part() throws {
      let machine = try #require(Topology.read(from: FileTree(texts: RecordedMachine.raptorLake.files)))
      #expect(machine.limited(to: [8, 25]).kinds.map(\.cpus) == [[8], [25]])
      #expect(machine.limited(to: [16, 40]).kinds.map(\.name) == ["efficiency"])
      var counted = machine
      counted.kinds = [CoreKind("performance", count: 4)]
      #expect(counted.limited(to: [0]).kinds == counted.kinds)
    }
  }
#endif
