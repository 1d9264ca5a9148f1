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
      model name\t: another

      """
    private let arm = """
      processor\t: 0
      BogoMIPS\t: 50.00
      CPU implementer\t: 0x41
      CPU architecture: 8
      CPU part\t: 0xd40

      """

    @Test("an x86 machine has its model name")
    func x86Machine() throws {
      let facts = facts([
        "proc/cpuinfo": x86, "proc/meminfo": "MemTotal:       24618340 kB\nMemFree:  1 kB\n",
        "etc/os-release": "NAME=\"Ubuntu\"\nPRETTY_NAME=\"Ubuntu 24.04.1 LTS\"\nVERSION_ID=\"24.04\"\n",
      ])
      #expect(facts.processor == "Intel(R) Xeon(R) Platinum 8481C CPU @ 2.70GHz")
      #expect(facts.memory == 24_618_340 * 1024)
      #expect(facts.operatingSystem == "Ubuntu 24.04.1 LTS")
      #expect(facts.caches == [])
    }

    @Test("an Arm machine has its processor's part numbers")
    func armMachine() throws {
      #expect(facts(["proc/cpuinfo": arm]).processor == "Arm implementer 0x41 part 0xd40")
    }

    @Test("caches are those of the first core, with the CPUs that share them")
    func caches() throws {
      var files = cache(0, "1", "Data", "48K", "0,2")
      files.merge(cache(1, "1", "Instruction", "32K", "0-1")) { $1 }
      files.merge(cache(2, "2", "Unified", "2048K", "0")) { $1 }
      files.merge(cache(3, "3", "Unified", "105M", "0-51,104-155")) { $1 }
      #expect(
        facts(files).caches == [
          .init(level: 1, type: "Data", size: 48 << 10, sharedBy: 2),
          .init(level: 1, type: "Instruction", size: 32 << 10, sharedBy: 2),
          .init(level: 2, type: "Unified", size: 2 << 20, sharedBy: 1),
          .init(level: 3, type: "Unified", size: 105 << 20, sharedBy: 104),
        ])
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

    @Test("CPU lists of any form are counted")
    func cpuLists() {
      let known = [
        ("0", 1), ("0-3", 4), ("0-3,8,10-11", 7), ("5-5", 1), ("", 0), ("x", 0), ("3-1", 0), ("0-,2", 2),
        ("0-9223372036854775807", 0), ("0,2,4", 3), ("0,9223372036854775807", 2),
      ]
      for (list, count) in known { #expect(MachineFacts.cpuCount(list) == count, "\(list)") }
    }

    @Test("this machine has a name, a kernel and an architecture")
    func thisMachine() {
      let facts = MachineFacts.ofThisMachine()
      #expect(!facts.host.isEmpty)
      #expect(facts.kernel.hasPrefix("Linux "))
      #expect(["x86_64", "aarch64"].contains(facts.architecture))
      #expect(facts.memory.map { $0 > 1 << 20 } == true)
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
        "\(folder)/level": "\(level)\n", "\(folder)/type": "\(type)\n", "\(folder)/size": "\(size)\n",
        "\(folder)/shared_cpu_list": "\(list)\n",
      ]
    }
  }
#endif
