/// A zone of the power capping framework, as the kernel shows it.
public struct RecordedZone: Sendable {
  let directory: String
  let name: String
  let energy: String
  let range: String

  /// A zone such as `intel-rapl:0`, with its counter and the counter's range in microjoules.
  public init(_ directory: String, _ name: String, _ energy: String, range: String = "262143328850") {
    (self.directory, self.name, self.energy, self.range) = (directory, name, energy, range)
  }

  /// Its path below the root.
  public var path: String { "sys/class/powercap/\(directory)" }

  var files: [String: String] {
    [
      "\(path)/name": "\(name)\n", "\(path)/energy_uj": "\(energy)\n", "\(path)/enabled": "0\n",
      "\(path)/max_energy_range_uj": "\(range)\n",
    ]
  }
}

/// The files of some zones, by their paths below the root.
public func powercap(_ zones: [RecordedZone]) -> [String: String] {
  zones.reduce(into: [:]) { files, zone in files.merge(zone.files) { $1 } }
}

extension RecordedZone {
  /// One AMD processor: a package with its cores, and no memory.
  public static func amd(_ package: UInt64) -> [RecordedZone] {
    [
      RecordedZone("intel-rapl:0", "package-0", "\(package)", range: "65532610987"),
      RecordedZone("intel-rapl:0:0", "core", "\(package / 2)", range: "65532610987"),
    ]
  }

  /// A laptop: a package with cores, graphics and memory, the whole platform, and the package once more by its other
  /// interface.
  public static func laptop(_ package: UInt64, memory: UInt64, platform: UInt64) -> [RecordedZone] {
    [
      RecordedZone("intel-rapl:0", "package-0", "\(package)"),
      RecordedZone("intel-rapl:0:0", "core", "\(package / 2)"),
      RecordedZone("intel-rapl:0:1", "uncore", "\(package / 4)"),
      RecordedZone("intel-rapl:0:2", "dram", "\(memory)"),
      RecordedZone("intel-rapl:1", "psys", "\(platform)"),
      RecordedZone("intel-rapl-mmio:0", "package-0", "\(package)"),
    ]
  }

  /// A server with two sockets, each with its memory; its packages are numbered the other way round.
  public static func twoSockets(_ packages: [UInt64], memory: [UInt64]) -> [RecordedZone] {
    [
      RecordedZone("intel-rapl:0", "package-1", "\(packages[1])"),
      RecordedZone("intel-rapl:0:0", "dram", "\(memory[1])", range: "65712999613"),
      RecordedZone("intel-rapl:1", "package-0", "\(packages[0])"),
      RecordedZone("intel-rapl:1:0", "dram", "\(memory[0])", range: "65712999613"),
    ]
  }
}
