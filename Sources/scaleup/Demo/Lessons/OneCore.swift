import Analysis
import Formatting
import Records
import Report

/// Shows that a loop in one thread keeps only one core busy.
struct OneCore: Lesson {
  static let name = "one-core"
  static let title = "One loop, one core"
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
      "A loop in one thread adds the integers 0…\(Readable.round(loop.upTo ?? 0)). A program may use "
        + "\(Readable.count(bench.cpus, "CPU")) of this machine. How much of that does the loop keep busy, in percent?",
      .number(unit: "%"))
  }

  func findings() throws -> Findings {
    let trial = try bench.measure([loop], rounds: 1)[0].middle
    let cores = trial.process?.activity?.cores
    return Findings(
      answer: trial.utilization.map { $0 * 100 },
      passages: cores.map {
        [.heading("Utilization of each core over time"), .drawing(TextCores($0))]
      } ?? [],
      explanation: explanation(trial, cores))
  }

  private func explanation(_ trial: MeasuredTrial, _ cores: CoreTimeline?) -> String {
    let busy = trial.busyCores ?? .nan
    let (cpuTime, wallTime) = (trial.cpuTime ?? .nan, trial.wallTime ?? .nan)
    let others =
      bench.cpus == 1
      ? "With one CPU that is the whole machine; with more, the others would be idle."
      : "However long it runs, no other core can help: the program would have to be divided first."
    let lack =
      busy < 0.9 ? "It got less than a whole core because other programs, or a limit, took a part of it." : ""
    return """
      A loop is one flow of control, and a core executes one flow at a time. The loop used \
      \(Readable.duration(nanoseconds: cpuTime)) of CPU time in \
      \(Readable.duration(nanoseconds: wallTime)), or \(Readable.fixed(busy, decimals: 2)) of a core. \
      \(others) \(lack) \(remark(on: cores, busy) ?? "")
      """
  }

  /// Returns a remark if the picture shows other programs, or a loop that moved between cores.
  private func remark(on cores: CoreTimeline?, _ busy: Double) -> String? {
    guard let cores, let all = cores.busyCores else { return nil }
    if all - busy > 0.2 {
      return
        "The picture includes other programs, which kept \(Readable.fixed(all - busy, decimals: 2)) cores busy."
    }
    let isMoved = busy >= 0.9 && cores.busy.count > 1 && !cores.busy.contains(where: isFull)
    return isMoved
      ? "No single core looks full because the system moved the loop between cores; it never ran on two at a time."
      : nil
  }

  private func isFull(_ values: [Int]) -> Bool {
    values.reduce(0, +) >= 80 * values.count
  }
}
