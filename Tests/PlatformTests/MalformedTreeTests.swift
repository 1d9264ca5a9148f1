import TestSupport
import Testing

@testable import Platform

#if !canImport(Darwin)
  /// Whatever files are missing, empty, cut off or garbled: facts may be lacking, and nothing stops.
  struct MalformedTreeTests {
    @Test("a machine with any damaged file is read without a crash", arguments: RecordedMachine.all)
    func damage(machine: RecordedMachine) throws {
      var generator = SplitMix64(seed: 41)
      for _ in 0..<12 {
        var files = machine.files.filter { !isOneOfMany($0.key) }
        for (name, text) in files where Int.random(in: 0..<3, using: &generator) == 0 {
          files[name] = damaged(text, &generator)
        }
        readEverything(FileTree(texts: files))
      }
    }

    @Test("a machine without files has no facts")
    func nothing() throws {
      let tree = FileTree(root: try TemporaryFolder().path)
      readEverything(tree)
      #expect(Topology.read(from: tree) == nil && LoadAverage.read(from: tree) == nil)
      #expect(FrequencyPolicy.read(ofCPUs: [0, 1], from: tree) == FrequencyPolicy())
      #expect(Virtualization.read(from: tree) == Virtualization())
      #expect(AllowedCPUs.read(from: tree) == nil && ThrottlingReader(from: tree).read() == nil)
      #expect(ControlGroups.quotas(in: tree) == [] && ControlGroups.cpuset(in: tree) == nil)
    }

    /// One core more of the same kind shows nothing new, and takes time to write.
    private func isOneOfMany(_ path: String) -> Bool {
      let parts = path.split(separator: "/")
      return parts.count > 4 && parts[3] == "cpu" && (Int(parts[4].dropFirst(3)) ?? 0) > 3
    }

    private func damaged(_ text: String, _ generator: inout SplitMix64) -> String? {
      var bytes = Array(text.utf8)
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: return nil
      case 1: return ""
      case 2: bytes.removeLast(Int.random(in: 0...bytes.count, using: &generator))
      case 3: bytes.shuffle(using: &generator)
      default:
        for place in bytes.indices where Bool.random(using: &generator) {
          bytes[place] = UInt8.random(in: 0...255, using: &generator)
        }
      }
      return String(decoding: bytes, as: UTF8.self)
    }

    private func readEverything(_ tree: FileTree) {
      let topology = Topology.read(from: tree)
      if let topology {
        _ = (topology.sockets, topology.physicalCores, topology.threadsPerCore)
        #expect(!topology.cpus.isEmpty)
      }
      _ = FrequencyPolicy.read(ofCPUs: [0, 1, 2, 3], from: tree)
      _ = FrequencyPolicy.currentFrequencies(ofCPUs: [0, 1, 2, 3], from: tree)
      _ = Virtualization.read(from: tree)
      _ = LoadAverage.read(from: tree)
      _ = AllowedCPUs.read(from: tree)
      _ = ThrottlingReader(from: tree).read()
      let limits = CPULimits.ofThisProcess(in: tree)
      #expect(limits.effective >= 1 && !limits.binding.isEmpty && limits.taskPoolWidth >= 1)
    }
  }
#endif
