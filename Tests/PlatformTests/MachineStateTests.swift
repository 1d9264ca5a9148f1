import TestSupport
import Testing

@testable import Platform

#if !canImport(Darwin)
  struct MachineStateTests {
    private func tree(_ files: [String: String], _ folder: TemporaryFolder) throws -> FileTree {
      try FileTree.recorded(files, in: folder)
    }

    @Test("governor, frequency limits and boost are those of the cores")
    func policies() throws {
      let folders = (try TemporaryFolder(), try TemporaryFolder(), try TemporaryFolder())
      let epyc = try tree(RecordedMachine.epyc.files, folders.0)
      #expect(
        FrequencyPolicy.read(ofCPUs: Array(0..<128), from: epyc)
          == FrequencyPolicy(
            governors: ["schedutil"], minimum: 1_500_000, maximum: 3_720_703, hardwareMaximum: 3_720_703,
            boost: true))
      #expect(FrequencyPolicy.currentFrequencies(ofCPUs: [0, 2], from: epyc) == [3_720_703, 3_720_701])
      let xeon = try tree(RecordedMachine.twoSockets.files, folders.1)
      let policy = FrequencyPolicy.read(ofCPUs: Array(0..<16), from: xeon)
      #expect(policy.governors == ["powersave"] && policy.boost == true)
      #expect(policy.maximum == 2_000_000 && policy.hardwareMaximum == 3_500_000)
      let arm = try tree(RecordedMachine.arm.files, folders.2)
      #expect(FrequencyPolicy.read(ofCPUs: Array(0..<64), from: arm) == FrequencyPolicy())
      #expect(FrequencyPolicy.currentFrequencies(ofCPUs: [0], from: arm) == nil)
    }

    @Test("boost is read from either file, and malformed text is not off")
    func boost() throws {
      let known: [(String, String, Bool?)] = [
        ("intel_pstate/no_turbo", "0", true), ("intel_pstate/no_turbo", "1", false),
        ("cpufreq/boost", "1", true), ("cpufreq/boost", "0", false), ("cpufreq/boost", "", nil),
        ("cpufreq/boost", "2", nil), ("intel_pstate/no_turbo", "no", nil),
      ]
      for (file, text, expected) in known {
        let folder = try TemporaryFolder()
        let tree = try tree(["sys/devices/system/cpu/\(file)": text], folder)
        #expect(FrequencyPolicy.read(ofCPUs: [0], from: tree).boost == expected, "\(file) \(text)")
      }
    }

    @Test("a virtual machine is known by its type, vendor or CPU flag, and bare metal has none of these")
    func virtualization() throws {
      let known: [(RecordedMachine, String?, String?)] = [
        (.epyc, nil, "Dell Inc. PowerEdge R6525"), (.twoSockets, "xen", "Xen HVM domU"),
        (.arm, "Amazon EC2", "Amazon EC2 c7g.16xlarge"), (.oldArm, nil, nil),
      ]
      for (machine, hypervisor, product) in known {
        let folder = try TemporaryFolder()
        let found = Virtualization.read(from: try tree(machine.files, folder))
        #expect(found == Virtualization(hypervisor: hypervisor, product: product), "\(machine)")
      }
      var files = RecordedMachine.arm.files
      files["sys/class/dmi/id/product_name"] = "c7g.metal\n"
      var folder = try TemporaryFolder()
      #expect(Virtualization.read(from: try tree(files, folder)).hypervisor == nil)
      folder = try TemporaryFolder()
      let flagged = try tree(["proc/cpuinfo": "flags\t\t: fpu hypervisor\n"], folder)
      #expect(Virtualization.read(from: flagged).hypervisor == "unknown hypervisor")
    }

    @Test("load averages are three numbers, or absent")
    func load() throws {
      let known: [(String, [Double]?)] = [
        ("0.42 0.31 0.20 1/1520 90210\n", [0.42, 0.31, 0.2]), ("1 2 3\n", [1, 2, 3]), ("", nil),
        ("1 2\n", nil),
        ("a b c\n", nil), ("nan 1 1\n", nil), ("-1 1 1\n", nil), ("inf 1 1 \n", nil),
      ]
      for (text, expected) in known {
        let folder = try TemporaryFolder()
        let load = LoadAverage.read(from: try tree(["proc/loadavg": text], folder))
        #expect(load.map { [$0.oneMinute, $0.fiveMinutes, $0.fifteenMinutes] } == expected, "\(text)")
      }
    }

    @Test("the allowed CPUs are those of the process status")
    func allowed() throws {
      var folder = try TemporaryFolder()
      let found = AllowedCPUs.read(from: try tree(RecordedMachine.epyc.files, folder))
      #expect(found == Array(0..<16) + Array(64..<80))
      folder = try TemporaryFolder()
      #expect(AllowedCPUs.read(from: try tree(["proc/self/status": "Cpus_allowed_list:\t\n"], folder)) == nil)
    }
  }
#endif
