import Arguments
import Harness
import Records
import Testing

@testable import scaleup

/// The arrays of `memory` that a run chooses, and what it says about them.
struct ArraysChoiceTests {
  private let caches = CacheLevels([.init(level: 3, type: "Unified", size: 32 << 20, sharedBy: 4)], cpus: 4)

  private func choose(
    _ words: [String], caches: CacheLevels? = nil, available: UInt64? = 64 << 30
  ) throws -> (request: PlanRequest, notes: [String]) {
    guard case .arguments(let arguments) = try RunCommand.command.parse(words) else {
      throw CommandFailure(message: "no arguments", status: 1)
    }
    let memory = ModelDescription.Workload(
      name: "memory", summary: "", extent: .numbers, kernels: ["scalar", "simd"], operations: ["triad"])
    let sum = ModelDescription.Workload(name: "sum", summary: "", extent: .numbers)
    var request = PlanRequest(
      models: [], workloads: words.contains("sum") ? [sum] : [sum, memory], trials: 1, warmUps: 0, budget: 1,
      effectiveCPUs: 4)
    request.size = arguments.size
    let notes = try request.chooseArrays(arguments, caches ?? self.caches, available: available)
    return (request, notes)
  }

  @Test("arrays are 4 times the last-level caches, of which nothing is to say")
  func standard() throws {
    let (request, notes) = try choose([])
    #expect(request.size == 128 << 20 && notes.isEmpty)
  }

  @Test("unknown caches are assumed, and the assumption is said")
  func assumed() throws {
    let (request, notes) = try choose([], caches: CacheLevels([], cpus: 4))
    #expect(request.size == 256 << 20)
    #expect(notes == ["memory: the system reports no caches; last-level caches of 67.1 MB are assumed"])
  }

  @Test("scarce memory reduces the arrays, and too little leaves memory out of the default run")
  func scarce() throws {
    let (reduced, notes) = try choose([], available: 600 << 20)
    #expect(reduced.size == 100 << 20 && reduced.workloads.count == 2)
    #expect(notes.count == 2 && notes[0].contains("104.9 MB instead of 134.2 MB, because 629.1 MB of memory"))
    #expect(notes[1].contains("less than 4 times the L3 caches"))
    let (without, reasons) = try choose([], available: 100 << 20)
    #expect(without.workloads.map(\.name) == ["sum"])
    #expect(reasons.count == 1 && reasons[0].hasPrefix("memory is left out: "))
    #expect(try choose(["--workload", "memory"], available: 100 << 20).request.workloads.count == 2)
  }

  @Test("a given size is taken as it is, and its place is named")
  func given() throws {
    let (small, notes) = try choose(["--size", "1M"])
    #expect(small.size == 1 << 20)
    #expect(notes == ["memory: three arrays of 1.0 MB fit in L3: this is the bandwidth of a cache"])
    #expect(try choose(["--size", "128M"]).notes.isEmpty)
    #expect(throws: UsageError.self) { try choose(["--size", "1G"], available: 3 << 30 - 1) }
    #expect(throws: UsageError.self) { try choose(["--workload", "sum", "--size", "1M"]) }
  }
}
