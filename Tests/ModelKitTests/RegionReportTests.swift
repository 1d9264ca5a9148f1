import ModelKit
import Testing

/// Parts that a program does in a way of its own.
struct RegionReportTests {
  private let job = Job(.sum, workers: 2, extent: .upTo(99))

  @Test("work that a caller does itself is timed and reported as a share")
  func ownWay() throws {
    let region = Region(job)
    for worker in 0..<2 { region.work(as: worker) { UInt128(worker + 1) << 70 } }
    let record = region.finish()
    #expect(record.result.value == UInt128(3) << 70)
    let shares = try #require(record.shares)
    #expect(shares.map(\.result.value) == [UInt128(1) << 70, UInt128(2) << 70])
    #expect(shares.allSatisfy { $0.begin <= $0.end && $0.end <= record.region })
  }

  @Test("an error in a caller's own work is rethrown, and nothing is reported")
  func failure() {
    let region = Region(job)
    #expect(throws: Models.NoResult.self) { try region.work(as: 0) { throw Models.NoResult() } }
    #expect(region.finish().result.value == 0)
  }

  @Test("a share measured by its caller is reported unchanged, and ends when it is reported")
  func reported() throws {
    let region = Region(job)
    let begin = Clock.monotonic.now()
    region.report(7, as: 1, from: begin, cpuTime: 12)
    let share = try #require(region.finish().shares?.last)
    #expect(share.result.value == 7 && share.cpuTime == 12)
    #expect(share.begin == begin - region.start && share.end >= share.begin)
  }

  @Test("a program without chunks has no options for schedules and reports none")
  func noChunks() throws {
    let kernels = ["plain", "barrier"].map { Kernel(name: $0) { UInt128($0.upperBound) } }
    let program = ModelProgram(
      model: "test", summary: "s", usesChunks: false,
      workloads: [Workload(name: "loop", summary: "l", work: .numbers(kernels))])
    let help = program.run(["x", "loop", "--help"], Models.mustNotRun).output
    #expect(help.contains("inner loop: plain, barrier (default: plain)"))
    #expect(!help.contains("--schedule") && !help.contains("--grain"))
    let refused = program.run(["x", "loop", "--schedule", "dynamic"], Models.mustNotRun)
    #expect(refused.status == 64 && refused.error.contains("unknown option: '--schedule'"))
    let description = try decoded(
      ModelDescription.self, program.run(["x", "--describe"], Models.mustNotRun).output)
    #expect(description.schedules == nil)
    #expect(description.workloads[0].kernels == ["plain", "barrier"])
  }
}
