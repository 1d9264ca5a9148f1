import TestSupport
import Testing

@testable import ModelKit

struct RegionScheduleTests {
  @Test(
    "every schedule sums exactly with every number of workers, and the shares add up",
    arguments: Schedule.Kind.allCases, [1, 2, 3, 16, 200])
  func sums(kind: Schedule.Kind, workers: Int) throws {
    for last in [0, 1, 5, 99, 1000, 12_345] as [UInt64] {
      for grain in [nil, 1, 7, 64, last + 1, .max] as [UInt64?] {
        let schedule = Schedule(kind, grain: grain, count: last + 1, workers: workers)
        let job = Job(.sum, workers: workers, extent: .upTo(last), schedule: schedule)
        try checkSum(try run(job), of: job, last)
      }
    }
  }

  @Test("every kernel sums exactly in chunks", arguments: Schedule.Kind.allCases)
  func kernels(kind: Schedule.Kind) throws {
    for kernel in Workload.sum.kernels {
      let schedule = Schedule(kind, grain: 1000, count: 50_001, workers: 3)
      let job = Job(.sum, workers: 3, extent: .upTo(50_000), kernel: kernel, schedule: schedule)
      let record = try run(job)
      #expect(record.kernel == kernel.name && record.instructionSet == kernel.instructionSet)
      try checkSum(record, of: job, 50_000)
    }
  }

  @Test("a static schedule with a grain assigns chunks round robin")
  func roundRobin() throws {
    // The numbers 0…22 in fives: 0–4 and 15–19 to the first, 5–9 and 20–22 to the second, 10–14 to the third.
    let schedule = Schedule(.static, grain: 5, count: 23, workers: 3)
    let record = Models.run(Job(.sum, workers: 3, extent: .upTo(22), schedule: schedule))
    let shares = try #require(record.shares)
    #expect(shares.map(\.result.value) == [95, 98, 60])
    #expect(shares.map(\.chunks) == [2, 2, 1] && shares.map(\.numbers) == [10, 8, 5])
    #expect(shares.allSatisfy { $0.range == nil })
    #expect(record.schedule == "static" && record.grain == 5)
  }

  @Test("a record without chunks has neither schedule nor grain")
  func even() throws {
    let schedule = Schedule(.static, count: 10, workers: 2)
    let record = Models.run(Job(.sum, workers: 2, extent: .upTo(9), schedule: schedule))
    #expect(record.schedule == nil && record.grain == nil)
    for share in try #require(record.shares) { #expect(share.chunks == nil && share.numbers == nil) }
  }

  @Test("chunks may come from the caller, and are counted")
  func drawing() throws {
    let schedule = Schedule(.dynamic, grain: 2, count: 10, workers: 2)
    let region = Region(Job(.sum, workers: 2, extent: .upTo(9), schedule: schedule))
    var chunks = [0..<2, 2..<5, 5..<10] as [Range<UInt64>]
    var results: [UInt128?] = []
    region.work(
      as: 1,
      drawing: { result in
        results.append(result)
        return chunks.popLast()
      })
    region.work(as: 0, drawing: { _ in nil })
    #expect(results == [nil, 35, 9, 1])
    let record = region.finish()
    let shares = try #require(record.shares)
    #expect(record.result == ExactInteger(45))
    #expect(shares.map(\.chunks) == [0, 3] && shares.map(\.numbers) == [0, 10])
  }

  @Test("a worker that finds no chunk left reports none")
  func lateWorker() throws {
    let schedule = Schedule(.dynamic, grain: 1, count: 10, workers: 2)
    let record = Models.run(Job(.sum, workers: 2, extent: .upTo(9), schedule: schedule))
    let shares = try #require(record.shares)
    #expect(shares.map(\.chunks) == [10, 0] && shares.map(\.result.value) == [45, 0])
  }

  @Test("the numbers 0…2^64 − 2 are scheduled in huge chunks, each once", arguments: Schedule.Kind.allCases)
  func largestCount(kind: Schedule.Kind) throws {
    let counting = Workload(
      name: "count", summary: "", work: .numbers([.scalar { UInt128($0.upperBound - $0.lowerBound) }]))
    for grain in [1 << 55, 1 << 63, .max] as [UInt64] {
      let schedule = Schedule(kind, grain: grain, count: .max, workers: 3)
      let job = Job(counting, workers: 3, extent: .upTo(.max - 1), schedule: schedule)
      let record = try run(job)
      #expect(record.result.value == UInt128(UInt64.max))
      #expect(try #require(record.shares).reduce(0) { $0 + ($1.numbers ?? 0) } == .max)
    }
  }

  @Test(
    "the workload empty runs in every schedule and reports no shares", arguments: Schedule.Kind.allCases)
  func empty(kind: Schedule.Kind) throws {
    let schedule = Schedule(kind, grain: 10, count: 1001, workers: 3)
    let record = Models.run(Job(.empty, workers: 3, extent: .upTo(1000), schedule: schedule))
    #expect(record.result == ExactInteger(0) && record.shares == nil && record.region > 0)
    #expect(record.workload == "empty" && record.workers == 3 && record.grain == 10)
  }

  @Test("a repeated region starts with an empty slot and a new clock")
  func repeated() throws {
    let job = Job(.stress, workers: 2, extent: .period(length: 20_000_000, load: 100))
    let first = Region(job)
    first.work(as: 0)
    first.work(as: 1)
    // A clock that was started long ago: the time is over.
    let second = first.repeated(as: 0, from: Clock.monotonic.now() - 1_000_000_000, .work)
    second.work(as: 0)
    let share = try #require(second.finish().shares).first
    #expect(share?.result == ExactInteger(0) && share?.slices == [0])
    #expect(try #require(share).begin >= 1_000_000_000)
  }

  /// Lets the workers of a job do their parts in threads, all at once.
  private func run(_ job: Job) throws -> TrialRecord {
    let region = Region(job)
    let threads = try (0..<min(job.workers, 16)).map { first in
      try Thread { for worker in stride(from: first, to: job.workers, by: 16) { region.work(as: worker) } }
    }
    threads.forEach { $0.join() }
    return region.finish()
  }

  private func checkSum(_ record: TrialRecord, of job: Job, _ last: UInt64) throws {
    let right = UInt128(last) * UInt128(last + 1) / 2
    #expect(record.result.value == right, "\(job.schedule) of \(last)")
    let shares = try #require(record.shares)
    #expect(shares.map(\.worker) == Array(0..<job.workers))
    #expect(shares.reduce(0) { $0 + $1.result.value } == right)
    guard let grain = job.schedule.grain else { return }
    #expect(record.schedule == job.schedule.kind.rawValue && record.grain == grain)
    #expect(shares.reduce(0) { $0 + ($1.numbers ?? 0) } == last + 1)
    let chunks = shares.reduce(0) { $0 + ($1.chunks ?? 0) }
    let ofOneSize = last / grain + 1
    #expect(job.schedule.kind == .guided ? chunks <= ofOneSize : chunks == ofOneSize)
    #expect(shares.allSatisfy { $0.range == nil && ($0.chunks == 0) == ($0.numbers == 0) })
  }
}
