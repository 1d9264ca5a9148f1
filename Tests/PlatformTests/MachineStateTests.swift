import TestSupport
import Testing

@testable import Platform

#if !canImport(Darwin)
  struct MachineStateTests {
    @Test("governor, frequency limits and boost are those of the cores")
    func policies() throws {
      let epyc = FileTree(texts: RecordedMachine.epyc.files)
      #expect(
        FrequencyPolicy.read(ofCPUs: Array(0..<128), from: epyc)
          == FrequencyPolicy(
            governors: ["schedutil"], minimum: 1_500_000, maximum: 3_720_703, hardwareMaximum: 3_720_703,
            boost: true))
      #expect(FrequencyPolicy.currentFrequencies(ofCPUs: [0, 2], from: epyc) == [3_720_703, 3_720_701])
      let xeon = FileTree(texts: RecordedMachine.twoSockets.files)
      let policy = FrequencyPolicy.read(ofCPUs: Array(0..<16), from: xeon)
      #expect(policy.governors == ["powersave"] && policy.boost == true)
      #expect(policy.maximum == 2_000_000 && policy.hardwareMaximum == 3_500_000)
      let arm = FileTree(texts: RecordedMachine.arm.files)
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
        let tree = FileTree(texts: ["sys/devices/system/cpu/\(file)": text])
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
        let found = Virtualization.read(from: FileTree(texts: machine.files))
        #expect(found == Virtualization(hypervisor: hypervisor, product: product), "\(machine)")
      }
      var files = RecordedMachine.arm.files
      files["sys/class/dmi/id/product_name"] = "c7g.metal\n"
      #expect(Virtualization.read(from: FileTree(texts: files)).hypervisor == nil)
      let flagged = FileTree(texts: ["proc/cpuinfo": "flags\t\t: fpu hypervisor\n"])
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
        let load = LoadAverage.read(from: FileTree(texts: ["proc/loadavg": text]))
        #expect(load.map { [$0.oneMinute, $0.fiveMinutes, $0.fifteenMinutes] } == expected, "\(text)")
      }
    }

    @Test("the allowed CPUs are those of the process status")
    func allowed() throws {
      let found = AllowedCPUs.read(from: FileTree(texts: RecordedMachine.epyc.files))
      #expect(found == Array(0..<16) + Array(64..<80))
      #expect(AllowedCPUs.read(from: FileTree(texts: ["proc/self/status": "Cpus_allowed_list:\t\n"])) == nil)
    }
  }
#endif
