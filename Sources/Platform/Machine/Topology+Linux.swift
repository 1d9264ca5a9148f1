#if !canImport(Darwin)
  extension Topology {
    /// Reads the topology of a machine; returns `nil` if the machine does not list its online CPUs.
    public static func read(from tree: FileTree = .machine) -> Topology? {
      guard let list = tree.line("sys/devices/system/cpu/online") else { return nil }
      let online = CPUList.numbers(in: list)
      if online.isEmpty { return nil }
      let nodes = nodes(tree)
      let nodeOfCPU = nodeOfCPU(nodes, tree)
      let cpus = online.map { number in
        var cpu = cpu(number, in: "sys/devices/system/cpu/cpu\(number)/topology", tree)
        cpu.node = nodeOfCPU[number]
        return cpu
      }
      return Topology(
        cpus: cpus, nodes: nodes.isEmpty ? nil : nodes.count, kinds: CoreKind.read(of: online, from: tree))
    }

    /// Identifies a core by the first of the CPUs that share it. Kernels before 4.20 have the list under
    /// another name. If there is no list, `core_id` is the core's number within its die.
    private static func cpu(_ number: Int, in directory: String, _ tree: FileTree) -> CPU {
      // Firmware without socket information reports -1.
      let socket = tree.number("\(directory)/physical_package_id").flatMap { $0 < 0 ? nil : $0 }
      let list = tree.line("\(directory)/core_cpus_list") ?? tree.line("\(directory)/thread_siblings_list")
      if let first = list.flatMap({ CPUList.numbers(in: $0).min() }) {
        return CPU(number: number, socket: socket, core: "cpu\(first)")
      }
      guard let socket, let core = tree.number("\(directory)/core_id") else {
        return CPU(number: number, socket: socket)
      }
      let die = tree.number("\(directory)/die_id") ?? 0
      return CPU(number: number, socket: socket, core: "\(socket).\(die).\(core)")
    }

    /// Returns the numbers of the memory nodes with CPUs; `online` also lists nodes without CPUs.
    private static func nodes(_ tree: FileTree) -> [Int] {
      let directory = "sys/devices/system/node"
      let list = tree.line("\(directory)/has_cpu") ?? tree.line("\(directory)/online")
      return list.map { CPUList.numbers(in: $0) } ?? []
    }

    private static func nodeOfCPU(_ nodes: [Int], _ tree: FileTree) -> [Int: Int] {
      var result: [Int: Int] = [:]
      for node in nodes {
        for cpu in tree.line("sys/devices/system/node/node\(node)/cpulist").map({ CPUList.numbers(in: $0) })
          ?? []
        {
          result[cpu] = node
        }
      }
      return result
    }
  }
#endif
