#if !canImport(Darwin)
  extension EnergyMeter {
    /// The control types that count the energy of packages, the first one preferred. A package may have a zone in both,
    /// with the same counter.
    private static let controls = ["intel-rapl", "intel-rapl-mmio"]
    /// The most zones, and the most parts of a zone, that are looked for. Zones that went offline leave gaps.
    private static let (mostZones, mostParts) = (64, 8)
    /// The greatest range accepted, in microjoules, so that sums stay in range.
    private static let greatestRange: UInt64 = 1_000_000_000_000_000

    /// Finds the counters to add up: those of all packages, with their memory, or of the platform if there are no
    /// packages. Other parts of a package, such as `core` and `uncore`, are included in it.
    static func zones(in tree: FileTree) throws(EnergyError) -> [Zone] {
      for (prefix, part) in [("package-", Part.processor), ("psys", .platform)] {
        for control in controls {
          let found = roots(of: control, named: prefix, in: tree)
          if found.isEmpty { continue }
          var zones: [Zone] = []
          for root in found { zones.append(try zone(root.path, root.name, part, in: tree)) }
          return zones + found.flatMap { memory(of: $0, control, in: tree) }
        }
      }
      throw .absent(isVirtual: Virtualization.read(from: tree).hypervisor != nil)
    }

    /// A zone with its number, the path of its directory, and its name.
    private typealias Root = (number: Int, path: String, name: String)

    /// Returns the zones of a control type whose names begin with a prefix, such as `package-0` or `package-0-die-1`, each
    /// name once.
    private static func roots(of control: String, named prefix: String, in tree: FileTree) -> [Root] {
      var seen: Set<String> = []
      return (0..<mostZones).compactMap { number in
        let path = "sys/class/powercap/\(control):\(number)"
        guard let name = tree.line("\(path)/name"), name.hasPrefix(prefix), seen.insert(name).inserted else {
          return nil
        }
        return (number, path, name)
      }
    }

    /// Returns the counters of a package's memory; none if it has none that is readable.
    private static func memory(of root: Root, _ control: String, in tree: FileTree) -> [Zone] {
      (0..<mostParts).compactMap { part in
        let path = "sys/class/powercap/\(control):\(root.number):\(part)"
        guard tree.line("\(path)/name") == "dram" else { return nil }
        return try? zone(path, "\(root.name)/dram", .memory, in: tree)
      }
    }

    private static func zone(
      _ path: String, _ name: String, _ part: Part, in tree: FileTree
    ) throws(EnergyError) -> Zone {
      let file = "\(path)/energy_uj"
      if tree.isForbidden(file) { throw .forbidden }
      guard let range = value(of: "\(path)/max_energy_range_uj", upTo: greatestRange, in: tree), range > 0,
        value(of: file, upTo: range, in: tree) != nil
      else { throw .malformed(name) }
      return Zone(name: name, file: file, range: range, part: part)
    }
  }
#endif
