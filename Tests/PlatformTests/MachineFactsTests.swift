import TestSupport
import Testing

@testable import Platform

#if !canImport(Darwin)
  struct MachineFactsTests {
    private let x86 = """
      processor\t: 0
      vendor_id\t: GenuineIntel
      model\t\t: 143
      model name\t: Intel(R) Xeon(R) Platinum 8481C CPU @ 2.70GHz
      cpu MHz\t\t: 2700.000

      processor\t: 1
      model name\t: Intel(R) Xeon(R) Platinum 8481C CPU @ 2.70GHz

      """
    private let arm = """
      processor\t: 0
      BogoMIPS\t: 50.00
      CPU implementer\t: 0x41
      CPU architecture: 8
      CPU variant\t: 0x1
      CPU part\t: 0xd40
      CPU revision\t: 2
      Features\t: fp asimd sve i8mm

      """

    @Test("an x86 machine has its model name")
    func x86Machine() throws {
      let facts = facts([
        "proc/cpuinfo": x86, "proc/meminfo": "MemTotal:       24618340 kB\nMemFree:  1 kB\n",
        "etc/os-release": "NAME=\"Ubuntu\"\nPRETTY_NAME=\"Ubuntu 24.04.1 LTS\"\nVERSION_ID=\"24.04\"\n",
      ])
      #expect(facts.processor == "Intel(R) Xeon(R) Platinum 8481C CPU @ 2.70GHz")
      #expect(facts.details.model == "143" && facts.details.family == nil)
      #expect(facts.memory == 24_618_340 * 1024)
      #expect(facts.operatingSystem == "Ubuntu 24.04.1 LTS")
      #expect(facts.caches == [])
    }

    @Test("an Arm machine has its processor's part numbers")
    func armMachine() throws {
      let facts = facts(["proc/cpuinfo": arm])
      #expect(facts.processor == "Arm implementer 0x41 part 0xd40")
      #expect(facts.details.model == "0xd40" && facts.details.stepping == "variant 0x1 revision 2")
      #expect(facts.details.vectorSets == ["asimd", "sve"])
    }

    @Test("caches have the number of CPUs that share them")
    func caches() throws {
      var files = cache(0, "1", "Data", "48K", "0,2")
      files.merge(cache(1, "1", "Instruction", "32K", "0-1")) { $1 }
      files.merge(cache(2, "2", "Unified", "2048K", "0")) { $1 }
      files.merge(cache(3, "3", "Unified", "105M", "0-51,104-155")) { $1 }
      let expected: [MachineFacts.Cache] = [
        .init(level: 1, type: "Data", size: 48 << 10, sharedBy: 2),
        .init(level: 1, type: "Instruction", size: 32 << 10, sharedBy: 2),
        .init(level: 2, type: "Unified", size: 2 << 20, sharedBy: 1),
        .init(level: 3, type: "Unified", size: 105 << 20, sharedBy: 104),
      ]
      #expect(facts(files).caches == expected)
    }

    @Test(
      "a cache without level, type or size is left out", arguments: ["level", "type", "size"])
    func incompleteCaches(missing: String) throws {
      var files = cache(0, "1", "Data", "48K", "0")
      files.merge(cache(1, "2", "Unified", "1M", "0")) { $1 }
      for text in [nil, "", "?\n"] where missing != "type" || text != "?\n" {
        files["sys/devices/system/cpu/cpu0/cache/index0/\(missing)"] = text
        #expect(facts(files).caches == [.init(level: 2, type: "Unified", size: 1 << 20, sharedBy: 1)])
      }
    }

    @Test("a cache without a list of sharing CPUs has one", arguments: [nil, "", "?", "3-1"])
    func unsharedCaches(list: String?) throws {
      var files = cache(0, "1", "Data", "48K", "0")
      files["sys/devices/system/cpu/cpu0/cache/index0/shared_cpu_list"] = list
      #expect(facts(files).caches.map(\.sharedBy) == [1])
    }

    @Test(
      "missing or malformed files give no facts",
      arguments: [nil, "", "\n:\n", "a\nb: \n=\n"])
    func malformed(text: String?) throws {
      var files: [String: String] = [:]
      for name in ["proc/cpuinfo", "proc/meminfo", "etc/os-release"] { files[name] = text }
      let facts = facts(files)
      #expect(facts == MachineFacts(host: "h", kernel: "k", architecture: "a", caches: []))
    }

    @Test("empty and non-numeric values give no facts")
    func emptyValues() throws {
      let facts = facts([
        "proc/cpuinfo": "model name\t:\nCPU implementer : 0x41\n", "proc/meminfo": "MemTotal: much\n",
        "etc/os-release": "PRETTY_NAME=\"\"\n",
      ])
      #expect(facts.processor == nil && facts.memory == nil && facts.operatingSystem == nil)
    }

    @Test("sizes are read with every unit")
    func bytes() {
      let known: [(String, UInt64?)] = [
        ("0", 0), ("7", 7), ("32K", 32 << 10), ("32k", 32 << 10), ("12 kB", 12 << 10), ("260M", 260 << 20),
        ("1G", 1 << 30), ("5 apples", 5), ("", nil), ("K", nil), ("-1K", nil), ("٣K", nil),
        ("18446744073709551615", .max), ("18446744073709551615K", nil), ("18446744073709551616", nil),
      ]
      for (text, size) in known { #expect(MachineFacts.bytes(text) == size, "\(text)") }
    }

    @Test("this machine has a name, a kernel and an architecture")
    func thisMachine() {
      let facts = MachineFacts.ofThisMachine()
      #expect(!facts.host.isEmpty)
      #expect(facts.kernel.hasPrefix("Linux "))
      #expect(["x86_64", "aarch64"].contains(facts.architecture))
      #expect(facts.memory.map { $0 > 1 << 20 } == true)
    }

    /// A hybrid machine, as seen by a process that may run on some of its CPUs.
    private func raptorLake(allowed: String, online: String = "0-31") -> [String: String] {
      RecordedMachine.raptorLake.files.merging([
        "sys/devices/system/cpu/online": online,
        "proc/self/status": "Name:\tscaleup\nCpus_allowed_list:\t\(allowed)\n",
      ]) { $1 }
    }

    @Test("caches of a hybrid machine are listed per kind of core")
    func hybridCaches() {
      let expected: [MachineFacts.Cache] = [
        .init(level: 1, type: "Data", size: 48 << 10, sharedBy: 2, cpus: 16),
        .init(level: 1, type: "Data", size: 32 << 10, sharedBy: 1, cpus: 16),
        .init(level: 2, type: "Unified", size: 4 << 20, sharedBy: 4, cpus: 16),
        .init(level: 2, type: "Unified", size: 2 << 20, sharedBy: 2, cpus: 16),
      ]
      #expect(facts(raptorLake(allowed: "0-31")).caches == expected)
    }

    @Test("caches and vector sets are those of the usable CPUs, and CPU 0 stands for no other")
    func usableCPUs() {
      let efficiency: [MachineFacts.Cache] = [
        .init(level: 1, type: "Data", size: 32 << 10, sharedBy: 1),
        .init(level: 2, type: "Unified", size: 4 << 20, sharedBy: 4),
      ]
      #expect(facts(raptorLake(allowed: "16-31")).caches == efficiency)
      #expect(facts(raptorLake(allowed: "0-31", online: "24-31")).caches == efficiency)
      let both = facts(raptorLake(allowed: "8,25"))
      #expect(both.caches.map(\.cpus) == [1, 1, 1, 1] && both.caches.map(\.sharedBy) == [2, 1, 4, 2])
      #expect(both.details.vectorSets == ["sse4_2", "avx", "avx2", "fma"])
      #expect(facts(raptorLake(allowed: "8")).details.vectorSets.last == "avx_vnni")
    }

    @Test("the processor is known even if its entries have other numbers than the usable CPUs, or none")
    func otherNumbers() {
      var files = raptorLake(allowed: "8,25")
      files["proc/cpuinfo"] = "processor: 0\nmodel name: A\n\nprocessor: 1\nmodel name: A\n"
      #expect(facts(files).processor == "A")
      #expect(facts(["proc/cpuinfo": "model name: A\n"]).processor == "A")
    }

    @Test("processors that differ among the usable CPUs are all named")
    func differingProcessors() {
      var files = raptorLake(allowed: "0-31")
      files["proc/cpuinfo"] =
        "processor: 0\nmodel name: A\nstepping: 1\n\nprocessor: 1\nmodel name: B\nstepping: 1\n"
      let facts = facts(files)
      #expect(facts.processor == "A + B" && facts.details.stepping == "1")
    }

    private func facts(_ files: [String: String]) -> MachineFacts {
      var facts = MachineFacts(host: "h", kernel: "k", architecture: "a", caches: [])
      facts.readDetails(from: FileTree(texts: files))
      return facts
    }

    private func cache(
      _ index: Int, _ level: String, _ type: String, _ size: String, _ list: String
    ) -> [String: String] {
      let folder = "sys/devices/system/cpu/cpu0/cache/index\(index)"
      return [
        "sys/devices/system/cpu/online": "0\n", "\(folder)/level": "\(level)\n",
        "\(folder)/type": "\(type)\n", "\(folder)/size": "\(size)\n",
        "\(folder)/shared_cpu_list": "\(list)\n",
      ]
    }
  }
#endif
