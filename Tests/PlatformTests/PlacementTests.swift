import Synchronization
import TestSupport
import Testing

@testable import Platform

#if os(Linux)
  struct PlacementTests {
    private func topology(_ machine: RecordedMachine) throws -> Topology {
      try #require(Topology.read(from: FileTree(texts: machine.files)))
    }

    /// Two sockets with two cores of two CPUs each, a memory node per socket, numbered as Linux numbers most machines.
    private let small = Topology(
      cpus: [(0, 0), (1, 0), (2, 1), (3, 1), (4, 0), (5, 0), (6, 1), (7, 1)].map { number, node in
        .init(number: number, socket: node, core: "cpu\(number % 4)", node: node)
      }, nodes: 2)

    @Test("each rule has its order of CPUs, which begins anew for more workers")
    func orders() throws {
      let known: [(Placement, [Int])] = [
        (.cores, [0, 1, 2, 3, 4, 5, 6, 7, 0, 1]), (.compact, [0, 4, 1, 5, 2, 6, 3, 7, 0, 4]),
        (.spread, [0, 2, 1, 3, 4, 6, 5, 7, 0, 2]), (.cpus([6, 1, 1]), [6, 1, 1, 6, 1, 1, 6, 1, 1, 6]),
      ]
      for (placement, order) in known {
        #expect(try placement.cpus(of: 10, on: small) == order, "\(placement)")
      }
    }

    @Test("on a hybrid machine fast cores come first, and their second CPUs last")
    func hybrid() throws {
      let machine = try topology(.raptorLake)
      let order = try Placement.cores.cpus(of: 32, on: machine)
      #expect(order.prefix(8) == [0, 2, 4, 6, 8, 10, 12, 14])
      #expect(order.dropFirst(8).prefix(16).elementsEqual(16..<32))
      #expect(order.suffix(8) == [1, 3, 5, 7, 9, 11, 13, 15])
      #expect(try Placement.kind("efficiency").cpus(of: 3, on: machine) == [16, 17, 18])
      #expect(try Placement.kind("performance").cpus(of: 9, on: machine).suffix(2) == [14, 1])
    }

    @Test("every rule uses every CPU once before any twice", arguments: RecordedMachine.all)
    func permutations(machine: RecordedMachine) throws {
      let topology = try topology(machine)
      let all = topology.cpus.map(\.number)
      for placement in [Placement.cores, .compact, .spread] {
        #expect(try placement.cpus(of: all.count, on: topology).sorted() == all)
      }
    }

    @Test("with a worker per core, no two share one", arguments: RecordedMachine.all)
    func coresFirst(machine: RecordedMachine) throws {
      let topology = try topology(machine)
      let cores = try #require(topology.physicalCores)
      let used = try Placement.cores.cpus(of: cores, on: topology)
      #expect(topology.limited(to: Set(used)).physicalCores == cores)
    }

    @Test("placements are read as they are written")
    func texts() {
      for text in ["cores", "compact", "spread", "performance", "kind-5", "0", "0-3,8", "7,3,5", "3,3"] {
        #expect(Placement(text)?.text == text)
      }
      #expect(Placement("0,1,2") == .cpus([0, 1, 2]))
      let malformed = [
        "", "none", "core", "Cores", "1,", ",1", "1,,2", "-1", "1-", "3-1", "1-2-3", "x", "1 2", "٣", "+1",
        "99999999",
        "0-5000", "kind-", "kind-²", "kind-x",
      ]
      for text in malformed { #expect(Placement(text) == nil, "\(text)") }
      let long = Array(repeating: "1", count: 500).joined(separator: ",")
      #expect(Placement(long)?.text == long && Placement(long + ",1") == nil)
    }

    @Test("what cannot be placed is named, with what can")
    func errors() throws {
      let machine = try topology(.raptorLake).limited(to: [0, 1, 2, 17])
      #expect(throws: PlacementError.notUsable(3, usable: "0-2,17")) {
        try Placement.cpus([0, 3]).cpus(of: 1, on: machine)
      }
      #expect(throws: PlacementError.unknownKind("middle", known: ["performance", "efficiency"])) {
        try Placement.kind("middle").cpus(of: 1, on: machine)
      }
      #expect(throws: PlacementError.unsupported) { try Placement.cores.cpus(of: 1, on: nil) }
      for placement in [Placement.cores, .compact, .spread] {
        #expect(throws: PlacementError.unsupported) { try placement.cpus(of: 1, on: Topology(cpus: [])) }
      }
    }

    @Test(
      "CPUs that are online under other numbers than the allowed ones cannot be placed on, as in some containers"
    )
    func otherNumbers() {
      var files = RecordedMachine.raptorLake.files
      files["sys/devices/system/cpu/online"] = "0-1\n"
      files["proc/self/status"] = "Cpus_allowed_list:\t8,25\n"
      #expect(Topology.usable(in: FileTree(texts: files)) == nil)
    }

    @Test("a thread that is moved to a CPU stays there, and others do not move")
    func binding() throws {
      let allowed = try #require(AllowedCPUs.read())
      let last = try #require(AllowedCPUs.online()?.last)
      let found = Slot()
      let thread = try Thread {
        try? Processor.bind(to: [last])
        found.set((Processor.currentCore(), AllowedCPUs.ofThread()))
      }
      thread.join()
      #expect(found.value?.core == last && found.value?.allowed == [last])
      #expect(AllowedCPUs.read() == allowed)
      #expect(throws: SystemError.self) { try Processor.bind(to: [65_000]) }
      #expect(throws: SystemError.self) { try Processor.bind(to: []) }
    }
  }

  /// The findings of a thread.
  private final class Slot: Sendable {
    private let state = Mutex<(core: Int?, allowed: [Int]?)?>(nil)
    var value: (core: Int?, allowed: [Int]?)? { state.withLock { $0 } }
    func set(_ value: (core: Int?, allowed: [Int]?)) { state.withLock { $0 = value } }
  }

  extension AllowedCPUs {
    /// The CPUs that the calling thread is allowed to run on.
    fileprivate static func ofThread() -> [Int]? {
      let status = FileTree.machine.text("proc/thread-self/status") ?? ""
      return read(from: FileTree(texts: ["proc/self/status": status]))
    }
  }
#endif
