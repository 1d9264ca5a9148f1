import Testing

@testable import Workloads

struct WorkloadTests {
  @Test("every workload has a unique name and a one-line summary")
  func registry() {
    let names = Workload.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(Set(names).isSuperset(of: ["sum", "stress"]))
    for workload in Workload.all {
      #expect(!workload.summary.isEmpty && !workload.summary.contains("\n"))
    }
  }

  @Test("the workload sum computes a sum")
  func sum() {
    #expect(Workload.sum.kernels.count > 2)
    for kernel in Workload.sum.kernels { #expect(kernel.compute(10..<14) == 46, "\(kernel.name)") }
  }

  @Test("the workload stress counts operations until its time is over")
  func stress() throws {
    guard case .period(let compute) = Workload.stress.work else {
      Issue.record("stress is not a workload of fixed time")
      return
    }
    let slices = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: 1)
    slices.initialize(repeating: 0)
    defer { slices.deallocate() }
    let clock = FakeClock(at: 0, batch: 10_000_000)
    let result = compute(Period(start: 0, length: 50_000_000, load: 100), clock, slices)
    #expect(result == 5 * 65_536)
    #expect(slices[0] == 5 * 65_536)
  }
}
