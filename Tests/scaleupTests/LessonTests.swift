import Analysis
import Records
import Testing

@testable import scaleup

/// The answers of lessons to measurements of every kind.
struct LessonTests {
  /// Trials that took so many milliseconds.
  private func sample(_ milliseconds: Double...) throws -> MeasuredConfiguration {
    let plan = Plan(
      configurations: [Configuration(model: "single", workload: "sum", workers: 1, upTo: 9)],
      trials: milliseconds.count, warmUps: 0)
    var measured = MeasuredRun(plan, effectiveCPUs: 1)
    for (round, time) in milliseconds.enumerated() {
      let report = TrialRecord(result: ExactInteger(45), region: UInt64(time * 1e6))
      measured.add(Trial(configuration: 0, round: round, warmUp: false, report: report))
    }
    return try #require(measured[0])
  }

  /// The times of so many workers with a serial part, each slower by a part of itself in one of three trials.
  private func samples(_ workers: [Int], part: Double, noise: Double = 0) throws -> [(
    workers: Int, sample: MeasuredConfiguration
  )] {
    try workers.map { count in
      let time = 400 * (part + (1 - part) / Double(count))
      return (count, try sample(time, time * (1 + noise), time))
    }
  }

  @Test("a fit recovers the serial part that was put in")
  func fitRecovers() throws {
    for workers in [[1, 2, 3], [1, 2, 3, 4], [1, 3, 4, 6, 8, 12, 16, 24], [1, 96, 128, 192, 256]] {
      let text = try SerialPart.estimate(samples(workers, part: 0.2, noise: 0.1))
      #expect(text.contains("to the times with \(workers.count) worker counts"))
      #expect(text.contains("serial part of 0.200 (") && text.hasSuffix("The true part is 0.200."), "\(text)")
    }
  }

  @Test("a serial part other than the one put in is explained by its side")
  func serialPart() throws {
    #expect(
      try SerialPart.estimate(samples([1, 2, 4, 8], part: 0.5)).contains("lies above it: starting workers"))
    #expect(try SerialPart.estimate(samples([1, 2, 4, 8], part: 0.1)).contains("lies below it: something"))
    // What no law fits has a wide interval, in which the part lies.
    let wild = try SerialPart.estimate([(1, sample(400)), (2, sample(100)), (4, sample(300))])
    #expect(wild.hasSuffix("The true part is 0.200."), "\(wild)")
  }

  @Test(
    "two worker counts point to a serial part",
    arguments: [
      (240, "here 0.200.", "is close"), (400, "here 1.000.", "is too high"),
      (440, "here 1.200.", "is too high"), (180, "here -0.100.", "is too low"),
    ])
  func twoWorker(time: Double, part: String, judgement: String) throws {
    let text = try SerialPart.estimate([(1, sample(400)), (2, sample(time))])
    #expect(text.hasPrefix("A fit of the law needs at least 3 worker counts, and there are 2 here."))
    #expect(text.contains(part) && text.contains("The estimate \(judgement)"), "\(text)")
  }

  @Test("a vanished loop is recognized by its speed, not by the growth of its few microseconds")
  func vanishedLoop() throws {
    let text = try VanishedLoop.explanation([sample(36), sample(0.021), sample(359), sample(0.087)])
    #expect(text.contains("4.14× as long without it") && text.contains("but not 4126: there is no loop"))
    let vector = try VanishedLoop.explanation([sample(36), sample(9), sample(360), sample(90)])
    #expect(vector.contains("it still goes through them") && !vector.contains("there is no loop"))
    let plain = try VanishedLoop.explanation([sample(36), sample(36), sample(360), sample(355)])
    #expect(plain.contains("did not vanish"))
  }

  @Test("a model is fastest only if every trial says so")
  func modelFastest() throws {
    #expect(try ThreadsAndDispatch.fastest([sample(20, 22, 24), sample(9, 11, 13), sample(14, 15, 16)]) == 1)
    #expect(
      try ThreadsAndDispatch.fastest([sample(20, 22, 24), sample(9, 11, 15), sample(14, 15, 16)]) == nil)
  }

  @Test("workers take part if they are at work at the same time")
  func mostAtOnce() {
    func share(_ begin: UInt64, _ end: UInt64) -> Share {
      Share(worker: 0, result: ExactInteger(0), begin: begin, end: end, cpuTime: 1)
    }
    #expect(ThreadsAndDispatch.mostAtOnce([]) == 0)
    #expect(ThreadsAndDispatch.mostAtOnce([share(0, 10), share(10, 20), share(20, 30)]) == 1)
    #expect(ThreadsAndDispatch.mostAtOnce([share(5, 15), share(0, 10), share(9, 30), share(12, 13)]) == 3)
  }

  @Test("context switches are priced by the measured cost of one, or not at all")
  func price() {
    let costs: [(memory: String, time: Double?)] = [("none", 2_000), ("64 KiB", 3_000), ("512 KiB", 9_000)]
    let text = TooManyWorkers.price(costs, switches: 210, time: 42e6)
    #expect(text.contains("2.000 µs") && text.contains("9.000 µs if each thread reads 512 KiB"), "\(text)")
    #expect(text.contains("210 switches take 420.0 µs, 1.0 %"), "\(text)")
    #expect(!TooManyWorkers.price(costs, switches: 0, time: 42e6).contains("At that price"))
    let unknown = TooManyWorkers.price([("none", nil), ("64 KiB", 3_000)], switches: 210, time: 42e6)
    #expect(unknown.contains("cannot be distinguished") && !unknown.contains("210"))
  }

  @Test("a double that is right with too few bits is right by chance")
  func doubleRight() {
    let sum = Int128(500_000_000_500_000_000)
    let text = ExactSums.explanation([sum, sum, sum, 1_000_000_001], true, true)
    #expect(text.hasPrefix("The sum has 59 bits.") && text.contains("the sum was right by chance."))
    let small = ExactSums.explanation([5050, 5050, 5050, 101], true, true)
    #expect(small.contains("up to 53 bits, which was enough"))
  }

  @Test("work pays from between its last loss and its first gain")
  func workPays() {
    for first in [0.5, 1.2] {
      let point = SmallWork.breakEven([(1, first), (4, 0.9), (16, 1.2)])
      #expect(point.map { ($0 - 8).magnitude < 1e-9 } == true)
    }
    #expect(SmallWork.breakEven([(1, 1.06), (4, 1.2)]) == 1)
    #expect(SmallWork.breakEven([(1, 0.5), (4, 1.2), (16, 1.04)]) == nil)
    #expect(SmallWork.breakEven([(1, 0.5), (4, 1.2), (16, 1)]) == nil)
  }

  @Test("models for which work never pays are named")
  func modelsWhich() {
    let all = SmallWork.verdict([4e6, 3e6, 2e6, 5e6])
    #expect(
      all
        == "Sharing paid soonest with dispatch, from 2.000 ms of work, and latest with taskgroup, from 5.000 ms."
    )
    let some = SmallWork.verdict([nil, 3e6, 2e6, nil])
    #expect(
      some.contains("with dispatch, from 2.000 ms of work. It did not pay with fork and taskgroup, even"))
    #expect(SmallWork.verdict([nil, nil, nil, nil]).hasPrefix("Sharing paid with no model"))
  }

  @Test(
    "the memory wall is explained by what was measured: a wall, none, or more than computing gained",
    arguments: [
      ([10, 11], 1.98, "memory is the wall"), ([10, 20], 1.98, "keeps up with the cores"),
      ([10, 20], 1.1, "gained more than computing"), ([10, 9], 1.0, "gained little at either"),
    ])
  func memoryWall(bandwidths: [Double], computing: Double, part: String) {
    for cache in [9.0, 100] {
      let text = MemoryWall.explanation(
        .init(
          places: [("L1", cache * 1e9), ("memory", 10e9)],
          counts: [(1, bandwidths[0] * 1e9), (2, bandwidths[1] * 1e9)], computing: [4e9, 4e9 * computing]))
      #expect(text.contains(part), "\(text)")
      #expect(text.contains("in L1 as in memory") == (cache > 10))
      #expect(!text.contains("nan") && !text.contains("inf"))
    }
  }
}
