import Formatting
import Records
import Report

/// Compares the gain from vector instructions with the gain from more cores.
struct VectorRegisters: Lesson {
  static let name = "vectors"
  static let title = "Wider, then more: vector registers, then cores"
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
      "One worker adds 0…\(Readable.round(upTo)), one number per instruction. Then \(bench.workers) workers add them with the "
        + "widest vectors of this processor. How many times as fast is that?" + bench.shortageNote,
      .factor)
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
        .heading("Speedup over one worker with the scalar kernel"),
        .drawing(TextBars(zip(names, speedups).map { .init($0, $1, Readable.fixed($1, decimals: 2)) })),
      ], explanation: explanation(speedups, set: samples[samples.count - 1].middle.report.instructionSet))
  }

  private func explanation(_ speedups: [Double], set: String?) -> String {
    let cores = speedups[1]
    guard speedups.count > 3 else {
      return """
        The suite has no vector kernel for this processor. More cores alone were \(figure(cores))× as fast.
        """
    }
    let (wide, both) = (speedups[2], speedups[3])
    let comparison =
      wide > cores
      ? "The vectors gain more than all cores together, without a thread or a lock."
      : "Here the cores gain more than the vectors."
    let product =
      cores < 1.2
      ? "More workers gained so little because there is only one CPU, or other programs use the others."
      : both < 0.8 * wide * cores
        ? """
        It is less because the work is so short that starting workers counts, because wide vectors can lower a core's \
        frequency, because two threads of a core share its vector units, or because other programs run.
        """
        : "The two gains multiply, because each core has its own vector units."
    return """
      A vector register holds several numbers, and one instruction adds all of them to those of \
      another\(set.map { " (here with \($0))" } ?? ""). One worker with vectors was \(figure(wide))× as fast as without, \
      and \(bench.workers) workers without vectors were \(figure(cores))× as fast. \(comparison) Both together were \
      \(figure(both))× as fast; the product of the two would be \(figure(wide * cores))×. \(product) Before you move to a \
      bigger machine, make sure that this one is fully used.
      """
  }
}
