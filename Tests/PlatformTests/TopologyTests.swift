import TestSupport
import Testing

@testable import Platform

#if !canImport(Darwin)
  struct TopologyTests {
    @Test("sockets, cores, hardware threads and memory nodes are counted", arguments: RecordedMachine.all)
    func recorded(machine: RecordedMachine) throws {
      let topology = try #require(read(machine.files))
      let found = [topology.sockets, topology.physicalCores, topology.threadsPerCore, topology.nodes]
      #expect(found == machine.topology)
    }

    @Test("physical cores of a set of CPUs count once each")
    func physicalCoresAmong() throws {
      let topology = try #require(read(RecordedMachine.epyc.files))
      #expect(topology.limited(to: [0, 64]).physicalCores == 1)
      #expect(topology.limited(to: [0, 1, 65]).physicalCores == 2)
      #expect(topology.limited(to: [0, 4000]).physicalCores == 1)
      #expect(topology.limited(to: []).physicalCores == nil)
      #expect(topology.limited(to: nil) == topology)
    }

    @Test("equal core numbers on different sockets or dies are different cores")
    func coreNumbers() throws {
      var files = ["sys/devices/system/cpu/online": "0-3\n"]
      for (number, (socket, die, core)) in [(0, 0, 1), (0, 1, 1), (1, 0, 1), (1, 0, 1)].enumerated() {
        let folder = "sys/devices/system/cpu/cpu\(number)/topology"
        files["\(folder)/physical_package_id"] = "\(socket)\n"
        files["\(folder)/die_id"] = "\(die)\n"
        files["\(folder)/core_id"] = "\(core)\n"
      }
      let topology = try #require(read(files))
      #expect(topology.sockets == 2 && topology.physicalCores == 3 && topology.threadsPerCore == 2)
    }

    @Test("a fact that one CPU lacks is unknown for the machine", arguments: [nil, "", "?\n"])
    func incomplete(text: String?) throws {
      var files = RecordedMachine.twoSockets.files
      files["sys/devices/system/cpu/cpu3/topology/physical_package_id"] = text
      var topology = try #require(read(files))
      #expect(topology.sockets == nil && topology.physicalCores == 8)
      files["sys/devices/system/cpu/cpu3/topology/thread_siblings_list"] = text
      topology = try #require(read(files))
      #expect(topology.physicalCores == nil && topology.threadsPerCore == nil)
    }

    @Test("there is no topology without a list of CPUs", arguments: [nil, "", "\n", "all\n", "3-1\n"])
    func noList(text: String?) throws {
      var files = RecordedMachine.hybrid.files
      files["sys/devices/system/cpu/online"] = text
      #expect(read(files) == nil)
    }

    @Test("CPU lists are read in every form, and malformed parts are skipped")
    func lists() {
      let known: [(String, [Int])] = [
        ("0", [0]), ("0-3,8-11", [0, 1, 2, 3, 8, 9, 10, 11]), ("0,2,4", [0, 2, 4]), ("", []), ("\n", []),
        ("3-1", []), ("x,1", [1]), ("-1", [1]), ("0-9223372036854775807", []), ("99999999", []),
        (" 1 , 2 ", [1, 2]),
      ]
      for (text, numbers) in known { #expect(CPUList.numbers(in: text) == numbers, "\(text)") }
    }

    @Test("this machine has at least a core per socket, and no more cores than CPUs")
    func thisMachine() throws {
      guard let topology = Topology.read() else { return }
      if let cores = topology.physicalCores { #expect((1...topology.cpus.count).contains(cores)) }
      if let sockets = topology.sockets, let cores = topology.physicalCores { #expect(sockets <= cores) }
    }

    private func read(_ files: [String: String]) -> Topology? {
      Topology.read(from: FileTree(texts: files))
    }
  }
#endif
