#if !canImport(Darwin)
  /// The entry of one CPU in `/proc/cpuinfo`.
  struct ProcessorEntry: Equatable {
    /// The number of the CPU; `nil` if the entry is about all of them.
    var number: Int?
    /// The model's name; on Arm, which has none, the numbers of implementer and part.
    var name: String?
    var family: String?
    var model: String?
    var stepping: String?
    var microcode: String?
    var vectorSets: [String]

    /// Reads the entries of some CPUs; `nil` means all. If the numbers differ from those of the entries, as in some
    /// containers, these are all entries.
    static func read(of cpus: [Int]?, from tree: FileTree) -> [ProcessorEntry] {
      let entries = (tree.text("proc/cpuinfo").map(blocks) ?? []).compactMap(Self.init)
      guard let usable = cpus.map({ Set($0) }) else { return entries }
      let chosen = entries.filter { $0.number.map(usable.contains) ?? false }
      return chosen.isEmpty ? entries : chosen
    }

    /// Returns the keys and values of every block of lines; a block ends with an empty line.
    private static func blocks(_ text: String) -> [[String: String]] {
      text.split(separator: "\n", omittingEmptySubsequences: false)
        .split { $0.trimmingSpaces().isEmpty }
        .map { lines in
          var block: [String: String] = [:]
          for line in lines {
            let halves = line.split(separator: ":", maxSplits: 1)
            if halves.count == 2 {
              block[String(halves[0].trimmingSpaces())] = String(halves[1].trimmingSpaces())
            }
          }
          return block
        }
    }

    /// Creates the entry of a block; `nil` if the block describes no CPU.
    private init?(_ block: [String: String]) {
      let number = block["processor"].flatMap { Int($0) }
      if number == nil, block["model name"] == nil, block["CPU part"] == nil { return nil }
      func value(_ key: String) -> String? { block[key].flatMap { $0.isEmpty ? nil : $0 } }
      self.number = number
      let (implementer, part) = (value("CPU implementer"), value("CPU part"))
      name =
        value("model name")
        ?? implementer.flatMap { implementer in part.map { "Arm implementer \(implementer) part \($0)" } }
      family = value("cpu family")
      model = value("model") ?? part
      let revision = value("CPU revision").flatMap { revision in value("CPU variant").map { ($0, revision) } }
      stepping = value("stepping") ?? revision.map { "variant \($0) revision \($1)" }
      microcode = value("microcode")
      let flags = (value("flags") ?? value("Features") ?? "").split(separator: " ")
      vectorSets = flags.filter(Self.isVectorSet).map { String($0) }
    }

    /// Returns whether a flag names an instruction set that works on vectors or matrices.
    private static func isVectorSet(_ flag: Substring) -> Bool {
      ["sse4_2", "fma", "asimd", "sve", "sve2", "sme", "sme2"].contains(flag)
        || ["avx", "amx_"].contains { flag.hasPrefix($0) }
    }
  }
#endif
