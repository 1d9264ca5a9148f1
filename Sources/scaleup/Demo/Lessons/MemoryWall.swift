import Analysis
import Formatting
import Records
import Report

/// Compares what more cores add to computing with what they add to the bandwidth of memory.
struct MemoryWall: Lesson {
  static let name = "memory-wall"
  static let title = "The memory wall: when cores wait for data"
  static let files = ["Sources/Workloads/StreamArrays.swift", "Sources/CKernels/StreamLoops.h"]

  /// The operations of a step of triad: a multiplication and an addition.
  private static let operationsPerStep = 2.0
  /// The smallest arrays that the models have, in bytes.
  private static let smallestArray: UInt64 = 1024

  private let bench: Bench
  private let size: UInt64
  private let steps: UInt64
  private let numbers: UInt64

  init(_ bench: Bench) throws {
    self.bench = bench
    size = bench.largeArray
    steps = try bench.amount(of: bench.triad("single", 1, size: size), taking: 0.25)
    numbers = try bench.amount(
      of: Configuration(model: "single", workload: "sum", kernel: bench.vectorKernel, workers: 1),
      taking: 0.25)
  }

  var question: Question {
    Question(
      "One worker computes a = b + 3c for every element of arrays of \(Readable.memory(bytes: size)), "
        + "far more than its caches hold. Then \(bench.workers) workers do, each in its part of the arrays. How many times as "
        + "fast is that?" + bench.shortageNote,
      .factor)
  }

  /// The numbers of workers: some powers of two, half of all and all.
  private var counts: [Int] {
    Set([1, 2, 4, bench.workers / 2, bench.workers].filter { $0 >= 1 && $0 <= bench.workers }).sorted()
  }

  /// The sizes of arrays in the caches, each with the place of three of them: half of a cache of every level.
  private var cached: [(name: String, size: UInt64)] {
    bench.caches.levels.map { level in
      ("L\(level.number)", max(Self.smallestArray, level.single / 6 / 64 * 64))
    }
  }

  func findings() throws -> Findings {
    let (cached, counts) = (cached, counts)
    let sizes = cached.map { bench.triad("single", 1, size: $0.size, steps: steps) }
    let workers = counts.map { bench.triad("threads", $0, size: size, steps: steps) }
    let sums = [1, bench.workers].map {
      Configuration(model: "threads", workload: "sum", kernel: bench.vectorKernel, workers: $0, upTo: numbers)
    }
    let samples = try bench.measure(sizes + workers + sums)
    let bySize = Array(samples[..<sizes.count])
    let byWorkers = Array(samples[sizes.count..<sizes.count + workers.count])
    let results = Results(
      places: zip(cached.map(\.name), bySize.map(\.bandwidth)).map { ($0, $1) }
        + [("memory", byWorkers[0].bandwidth)],
      counts: zip(counts, byWorkers.map(\.bandwidth)).map { ($0, $1) },
      computing: samples.suffix(2).map { Double(numbers) / $0.time * 1e9 })
    return Findings(
      answer: results.gain, passages: passages(results), explanation: Self.explanation(results))
  }

  /// The measurements: bandwidths in bytes per second by place and by workers, and the additions per second of one worker and
  /// of all.
  struct Results {
    let places: [(name: String, bandwidth: Double)]
    let counts: [(workers: Int, bandwidth: Double)]
    let computing: [Double]

    /// The bandwidth of all workers over that of one.
    var gain: Double { most / counts[0].bandwidth }
    /// The bandwidth of all workers.
    var most: Double { counts[counts.count - 1].bandwidth }
    /// The additions per second of all workers over those of one.
    var computingGain: Double { computing[1] / computing[0] }
    /// The operations per byte from which the cores are the limit.
    var ridge: Double { computing[1] / most }
  }

  private func passages(_ results: Results) -> [Passage] {
    let perByte = Self.operationsPerStep / 24
    return [
      .heading("Bandwidth of one worker, by the place of the arrays"),
      .drawing(TextBars(results.places.map { .init($0.name, $0.bandwidth, Self.text($0.bandwidth)) })),
      .heading("Bandwidth of memory, by workers"),
      .drawing(
        TextBars(
          results.counts.map {
            .init(Readable.count($0.workers, "worker"), $0.bandwidth, Self.text($0.bandwidth))
          })),
      .heading("The roofline of this machine: operations per second by operations per byte"),
      .drawing(
        TextRoofline(
          bandwidth: results.most, most: results.computing[1],
          [
            .init("triad", operationsPerByte: perByte, rate: results.most * perByte),
            .init("sum", operationsPerByte: nil, rate: results.computing[1]),
          ])),
      .paragraph(
        "Both axes are logarithmic. The slope is the bandwidth that triad has reached, and the level part the rate of sum with all "
          + "workers, so that both touch the roof by construction. An operation of triad is on a double, one of sum on an "
          + "integer of 64 bits. sum reads no memory, so its place across is infinitely far to the right."),
    ]
  }

  private static func text(_ bandwidth: Double) -> String { Readable.bandwidth(bytesPerSecond: bandwidth) }

  /// Returns the reasons for the results, whatever they are.
  static func explanation(_ results: Results) -> String {
    let workers = results.counts[results.counts.count - 1].workers
    let gains =
      "\(workers) workers were \(figure(results.gain))× as fast as one at triad, and \(figure(results.computingGain))× at sum, "
      + "which needs no memory."
    let verdict =
      max(results.gain, results.computingGain) < 1.2
      ? """
      The workers gained little at either: there is only one CPU, or other programs use the others.
      """
      : results.gain < 0.8 * results.computingGain
        ? """
        Here memory is the wall: the cores share one path to it, and one core already uses \
        \(Readable.percent(min(1, 1 / results.gain))) of what all of them get. More cores do not widen it.
        """
        : results.gain > 1.25 * results.computingGain
          ? """
          Here memory gained more than computing: each core brings bandwidth of its own, or other programs took time from sum.
          """
          : """
          Here memory keeps up with the cores: one of them cannot use all of the bandwidth. With more cores than this machine \
          lets a program use, that ends.
          """
    let fastest = results.places.max { $0.bandwidth < $1.bandwidth }
    let memory = results.places[results.places.count - 1]
    let caches =
      fastest.flatMap { fastest in
        fastest.bandwidth > 1.25 * memory.bandwidth
          ? """
          The same loop was \(figure(fastest.bandwidth / memory.bandwidth))× as fast on arrays in \(fastest.name) as in memory: \
          working on a piece that fits in a cache, and doing everything with it before the next, moves the wall away.
          """
          : nil
      } ?? "The caches gained nothing for one worker here, or the system does not report them."
    return """
      \(gains) \(verdict) A program that does fewer than about \(figure(results.ridge)) operations per byte of memory traffic is \
      under the slope of the roof, and faster cores or more of them do not help it; triad does one in 12. \(caches)
      """
  }
}
