import ModelKit

/// A sum with a serial part: worker 0 adds the first numbers alone before the others begin.
///
/// It stands for the serial parts of Amdahl's law: reading the input, preparing a table, writing the result. The rest is
/// divided evenly among all workers, including worker 0.
///
/// The serial part of the variant `growing` is as large as a worker's share of the rest, as in Gustafson's law: if N grows
/// with the workers, the serial part stays as it is.
enum Serial: Experiment {
  /// The serial parts: one number in `divisor` of the number of workers.
  private static let divisors: [(name: String, divisor: @Sendable (UInt64) -> UInt64)] = [
    ("fifth", { _ in 5 }), ("half", { _ in 2 }), ("tenth", { _ in 10 }), ("growing", { $0 + 1 }),
  ]

  static let workload = Workload(
    name: "serial", summary: "add 0…N; one worker adds a part alone before the others begin",
    work: .numbers(divisors.map { .variant($0.name) }))

  static func run(_ job: Job) throws -> TrialRecord {
    guard let (_, divisor) = divisors.first(where: { $0.name == job.kernel?.name }) else {
      throw ExperimentError("unknown serial part (expected fifth, half, tenth, growing)")
    }
    let sum = Workload.sum.kernels[0].compute
    let count = job.last + 1
    let alone = count / divisor(UInt64(job.workers))
    let part = { @Sendable (worker: Int) in
      let rest = range(of: count - alone, for: worker, among: job.workers)
      return sum(rest.lowerBound + alone..<rest.upperBound + alone)
    }
    let region = Region(job)
    var others: [Thread] = []
    try region.work(as: 0) {
      let serial = sum(0..<alone)
      for worker in 1..<max(1, job.workers) {
        others.append(try Thread { region.work(as: worker) { part(worker) } })
      }
      return serial + part(0)
    }
    others.forEach { $0.join() }
    var record = region.finish()
    // The ranges of this experiment differ from those that a record assumes.
    for position in record.shares?.indices ?? 0..<0 { record.shares?[position].range = nil }
    return record
  }
}
