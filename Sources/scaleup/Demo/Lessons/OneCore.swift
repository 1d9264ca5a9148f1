import Analysis
import Formatting
import Records
import Report

/// One loop is one flow of control, and a core carries out one at a time.
struct OneCore: Lesson {
  static let name = "one-core"
  static let title = "one loop, one core: the rest of the machine idles"
  static let files = ["Benchmarks/SingleThreaded/SingleThreaded.swift", "Sources/Workloads/Sum.swift"]

  private let bench: Bench
  private let loop: Configuration

  init(_ bench: Bench) throws {
    self.bench = bench
    var loop = Configuration(model: "single", workload: "sum", workers: 1)
    loop.upTo = try bench.amount(of: loop, taking: 1)
    self.loop = loop
  }

  var question: Question {
    Question(
      "A loop adds every integer 0…\(Readable.round(loop.upTo ?? 0)), one after the other, in one thread. A program may "
        + "use \(Readable.count(bench.cpus, "CPU")) of this machine. What percentage of that does the loop keep busy?",
      .number(unit: "%"))
  }

  func findings() throws -> Findings {
    let trial = try bench.measure([loop], rounds: 1)[0].middle
    let cores = trial.process?.activity?.cores
    return Findings(
      answer: trial.utilization.map { $0 * 100 },
      passages: cores.map {
        [.heading("how busy each core was, from start to end"), .drawing(TextCores($0))]
      } ?? [],
      explanation: explanation(trial, cores))
  }

  private func explanation(_ trial: MeasuredTrial, _ cores: CoreTimeline?) -> String {
    let busy = trial.busyCores ?? .nan
    let (cpuTime, wallTime) = (trial.cpuTime ?? .nan, trial.wallTime ?? .nan)
    let others =
      bench.cpus == 1
      ? "On a machine with one CPU that is all there is; with more, the others would have nothing to do."
      : """
      However long it runs, nothing in it could be carried out by another core: the program would have to be divided \
      first.
      """
    let lack =
      busy < 0.9
      ? "That it is less than a whole core shows that other programs, or a limit, took a part of it." : ""
    return """
      A loop is one flow of control, and a core carries out one flow at a time: the loop used \
      \(Readable.duration(nanoseconds: cpuTime)) of CPU time in \
      \(Readable.duration(nanoseconds: wallTime)), which is \(Readable.fixed(busy, decimals: 2)) of a core. \
      \(others) \(lack) \(remark(on: cores, busy) ?? "")
      """
  }

  /// What the picture shows beside the loop.
  private func remark(on cores: CoreTimeline?, _ busy: Double) -> String? {
    guard let cores, let all = cores.busyCores else { return nil }
    if all - busy > 0.2 {
      return
        "Other programs kept \(Readable.fixed(all - busy, decimals: 2)) cores busy, which the picture shows too."
    }
    let isMoved = busy >= 0.9 && cores.busy.count > 1 && !cores.busy.contains(where: isFull)
    return isMoved
      ? """
      No single core looks full because the system moved the loop from one to another; it was never on two at a time.
      """ : nil
  }

  private func isFull(_ values: [Int]) -> Bool {
    values.reduce(0, +) >= 80 * values.count
  }
}
