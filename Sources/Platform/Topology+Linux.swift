#if !canImport(Darwin)
  extension Topology {
    /// The topology of a machine; `nil` where it does not tell which CPUs are online.
    public static func read(from tree: FileTree = .machine) -> Topology? {
      guard let list = tree.line("sys/devices/system/cpu/online") else { return nil }
      let online = CPUList.numbers(in: list)
      if online.isEmpty { return nil }
      let cpus = online.map { number in cpu(number, in: "sys/devices/system/cpu/cpu\(number)/topology", tree)
      }
      return Topology(cpus: cpus, nodes: nodes(tree))
    }

    /// A core is named by the first of the CPUs that share it. Kernels before 4.20 have the list under another name,
    /// and where there is none, `core_id` is a core's number within its die.
    private static func cpu(_ number: Int, in folder: String, _ tree: FileTree) -> CPU {
      // Firmware that does not tell a socket makes it -1.
      let socket = tree.number("\(folder)/physical_package_id").flatMap { $0 < 0 ? nil : $0 }
      let list = tree.line("\(folder)/core_cpus_list") ?? tree.line("\(folder)/thread_siblings_list")
      if let first = list.flatMap({ CPUList.numbers(in: $0).min() }) {
        return CPU(number: number, socket: socket, core: "cpu\(first)")
      }
      guard let socket, let core = tree.number("\(folder)/core_id") else {
        return CPU(number: number, socket: socket)
      }
      let die = tree.number("\(folder)/die_id") ?? 0
      return CPU(number: number, socket: socket, core: "\(socket).\(die).\(core)")
    }

    /// `online` also counts nodes that are memory alone.
    private static func nodes(_ tree: FileTree) -> Int? {
      let folder = "sys/devices/system/node"
      let list = tree.line("\(folder)/has_cpu") ?? tree.line("\(folder)/online")
      let count = list.map { CPUList.numbers(in: $0).count } ?? 0
      return count > 0 ? count : nil
    }
  }
#endif
