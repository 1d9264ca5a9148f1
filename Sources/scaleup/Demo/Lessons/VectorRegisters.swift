import Formatting
import Records
import Report

/// A core can do several additions with one instruction: that comes before more cores.
struct VectorRegisters: Lesson {
  static let name = "vectors"
  static let title = "wider, then more: vector registers, then cores"
  static let files = [
    "Sources/CKernels/VectorSum.h", "Sources/Workloads/VectorSum.swift", "Sources/Workloads/Kernel.swift",
  ]

  private let bench: Bench
  private let upTo: UInt64

  init(_ bench: Bench) throws {
    self.bench = bench
    upTo = try bench.amount(of: Configuration(model: "single", workload: "sum", workers: 1), taking: 0.5)
  }

  var question: Question {
    Question(
      "One worker adds 0…\(Readable.round(upTo)), one number with each instruction. Then \(bench.workers) workers do, with the "
        + "widest vectors that this processor has. How many times as fast is that?" + bench.shortage,
      .number(unit: "times"))
  }

  func findings() throws -> Findings {
    let kernels = bench.hasKernel("simd") ? ["scalar", "simd"] : ["scalar"]
    let samples = try bench.measure(
      kernels.flatMap { kernel in
        [("single", 1), ("threads", bench.workers)].map {
          Configuration(model: $0, workload: "sum", kernel: kernel, workers: $1, upTo: upTo)
        }
      }, rounds: 5)
    let names = kernels.flatMap { kernel in
      [1, bench.workers].map { "\(kernel), \(Readable.count($0, "worker"))" }
    }
    let speedups = samples.map { samples[0].time / $0.time }
    return Findings(
      answer: kernels.count > 1 ? speedups[3] : nil,
      passages: [
        .heading("times as fast as one worker with one number at a time"),
        .drawing(TextBars(zip(names, speedups).map { .init($0, $1, Readable.fixed($1, decimals: 2)) })),
      ], explanation: explanation(speedups, set: samples[samples.count - 1].middle.report.instructionSet))
  }

  private func explanation(_ speedups: [Double], set: String?) -> String {
    let cores = speedups[1]
    guard speedups.count > 3 else {
      return """
        The suite has no vectors for this processor, so that more cores are all there is: they gave \(figure(cores)) times \
        the speed.
        """
    }
    let (wide, both) = (speedups[2], speedups[3])
    let comparison =
      wide > cores
      ? "inside of one core there is more to gain than in having all of them, and it takes neither a thread nor a lock."
      : "here the cores gain more than the vectors."
    let product =
      cores < 1.2
      ? "That more workers gained so little means that there is one CPU, or that other programs use the others."
      : both < 0.8 * wide * cores
        ? """
        It is less because the work got so short that starting the workers counts, because wide vectors can make a core \
        run at a slower clock, because two threads of one core share its vectors, or because other programs run.
        """
        : "The two multiply, for each core has vectors of its own."
    return """
      A vector register holds several numbers, and one instruction adds all of them to those of \
      another\(set.map { " (here with \($0))" } ?? ""). One core with vectors was \(figure(wide)) times as fast as without, \
      and \(bench.workers) workers without vectors \(figure(cores)) times: \(comparison) Both together gave \
      \(figure(both)) times the speed; the product of the two would be \(figure(wide * cores)). \(product) Whoever wants \
      to know what a bigger machine brings should first make sure that the one at hand is used.
      """
  }
}
