#if !canImport(Darwin)
  extension Topology {
    /// Reads the topology of a machine; returns `nil` if the machine does not list its online CPUs.
    public static func read(from tree: FileTree = .machine) -> Topology? {
      guard let list = tree.line("sys/devices/system/cpu/online") else { return nil }
      let online = CPUList.numbers(in: list)
      if online.isEmpty { return nil }
      let cpus = online.map { number in cpu(number, in: "sys/devices/system/cpu/cpu\(number)/topology", tree)
      }
      return Topology(cpus: cpus, nodes: nodes(tree))
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

    /// Returns the number of memory nodes with CPUs; `online` also lists nodes without CPUs.
    private static func nodes(_ tree: FileTree) -> Int? {
      let directory = "sys/devices/system/node"
      let list = tree.line("\(directory)/has_cpu") ?? tree.line("\(directory)/online")
      let count = list.map { CPUList.numbers(in: $0).count } ?? 0
      return count > 0 ? count : nil
    }
  }
#endif
