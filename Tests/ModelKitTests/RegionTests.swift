import ModelKit
import Testing

struct RegionTests {
  @Test("one worker sums exactly, and the record describes the whole trial")
  func sum() throws {
    let record = Models.run(Job(.sum, workers: 1, extent: .upTo(10_000)))
    #expect(record.result == ExactInteger(50_005_000))
    #expect(record.workload == "sum" && record.kernel == "scalar" && record.workers == 1)
    #expect(record.upTo == 10_000 && record.duration == nil && record.load == nil)
    #expect(record.model == nil)
    let shares = try #require(record.shares)
    #expect(shares.count == 1)
    #expect(shares[0].range == .init(lower: 0, upper: 10_001))
    #expect(shares[0].result == record.result)
    #expect(shares[0].slices == nil && shares[0].peakMemory == nil)
    try checkTimes(of: record)
  }

  @Test("any number of workers sums exactly", arguments: [2, 3, 16, 200])
  func divided(workers: Int) throws {
    let record = Models.run(Job(.sum, workers: workers, extent: .upTo(99)))
    #expect(record.result == ExactInteger(4950))
    let shares = try #require(record.shares)
    #expect(shares.map(\.worker) == Array(0..<workers))
    #expect(shares.reduce(0) { $0 + $1.result.value } == 4950)
    #expect(shares.last?.range?.upper == 100)
    try checkTimes(of: record)
  }

  @Test("partial sums beyond 64 bits are merged exactly")
  func largeResults() {
    let huge = Workload(
      name: "huge", summary: "",
      work: .numbers([.scalar { UInt128(UInt64.max) << 40 + UInt128($0.lowerBound) }]))
    let record = Models.run(Job(huge, workers: 3, extent: .upTo(2)))
    #expect(record.result.value == 3 * (UInt128(UInt64.max) << 40) + 3)
  }

  @Test("a stressed worker counts its operations until the time is over")
  func stress() throws {
    let record = Models.run(Job(.stress, workers: 1, extent: .period(length: 150_000_000, load: 100)))
    #expect(record.workload == "stress" && record.duration == 150_000_000 && record.load == 100)
    #expect(record.upTo == nil)
    #expect(record.result.value > 0)
    let share = try #require(record.shares?.first)
    let slices = try #require(share.slices)
    #expect(slices.count == 2)
    #expect(slices.reduce(0) { $0 + UInt128($1) } == record.result.value)
    #expect(share.result == record.result && share.range == nil)
    #expect(share.end >= 150_000_000)
    try checkTimes(of: record)
  }

  @Test("a worker that starts after the time counts nothing, and the others keep their counts")
  func lateWorkers() throws {
    let record = Models.run(Job(.stress, workers: 3, extent: .period(length: 30_000_000, load: 50)))
    let shares = try #require(record.shares)
    #expect(shares[0].result == record.result)
    #expect(shares[0].result.value > 0)
    for share in shares.dropFirst() {
      #expect(share.result == ExactInteger(0) && share.slices == [0])
      #expect(share.begin >= 30_000_000)
    }
  }

  @Test("a worker in a process of its own reports that process's peak memory")
  func ownProcess() throws {
    let region = Region(Job(.sum, workers: 2, extent: .upTo(9)))
    region.work(as: 0, inOwnProcess: true)
    region.work(as: 1)
    let shares = try #require(region.finish().shares)
    #expect(try #require(shares[0].peakMemory) > 1 << 20)
    #expect(shares[1].peakMemory == nil)
  }

  @Test("a worker that never reports adds nothing")
  func missingWorker() throws {
    let region = Region(Job(.sum, workers: 2, extent: .upTo(9)))
    region.work(as: 1)
    let record = region.finish()
    #expect(record.result == ExactInteger(35))
    #expect(record.shares?.first?.result == ExactInteger(0))
  }

  @Test("a workload with an extent of the wrong kind ends the program")
  func wrongExtent() async {
    await #expect(processExitsWith: .failure) {
      Region(Job(.sum, workers: 1, extent: .period(length: 1, load: 1))).work(as: 0)
    }
    await #expect(processExitsWith: .failure) {
      Region(Job(.stress, workers: 1, extent: .upTo(1))).work(as: 0)
    }
  }

  /// The times of the shares lie in the region, in the order in which they were taken.
  private func checkTimes(of record: TrialRecord) throws {
    for share in try #require(record.shares) {
      #expect(share.begin <= share.end && share.end <= record.region)
      #if os(Linux)
        #expect(share.core != nil)
      #endif
    }
    #expect(record.region > 0)
    // It is read after the last region, not between regions.
    #expect(record.peakMemory == nil)
  }
}
