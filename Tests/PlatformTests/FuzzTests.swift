import TestSupport
import Testing

@testable import Platform

#if !canImport(Darwin)
  @Suite(.timeLimit(.minutes(10)))
  struct FuzzTests {
    @Test(
      "any damage to a machine's files leaves at least one effective CPU and a valid topology",
      arguments: RecordedMachine.all)
    func machines(machine: RecordedMachine) throws {
      // One core more of the same kind shows nothing new.
      let files = machine.files.filter { name, _ in
        let parts = name.split(separator: "/")
        return parts.count < 5 || parts[3] != "cpu" || (Int(parts[4].dropFirst(3)) ?? 0) < 2
      }.sorted { $0.key < $1.key }
      var damaged = Dictionary(uniqueKeysWithValues: files)
      var fuzz = Fuzz(files.map(\.value), seed: 5)
      var generator = SplitMix64(seed: 6)
      for _ in 0..<1_200 * Fuzz.factor {
        guard let (name, text) = files.randomElement(using: &generator) else { return }
        damaged[name] = String(decoding: fuzz.next(), as: UTF8.self)
        let tree = FileTree(texts: damaged)
        let limits = CPULimits.ofThisProcess(in: tree)
        #expect(limits.effective >= 1 && !limits.binding.isEmpty && limits.taskPoolWidth >= 1)
        if let topology = Topology.read(from: tree) {
          #expect(topology.cpus.count <= 1 << 20 && !topology.cpus.isEmpty)
          _ = (topology.sockets, topology.physicalCores, topology.threadsPerCore, topology.nodes)
        }
        _ = FrequencyPolicy.read(ofCPUs: [0, 1], from: tree)
        _ = (
          Virtualization.read(from: tree), LoadAverage.read(from: tree), ThrottlingReader(from: tree).read()
        )
        _ = MachineFacts.ofThisMachine(in: tree)
        if Bool.random(using: &generator) { damaged[name] = text }
      }
    }
  }
#endif
