import ModelKit

/// A sum with a serial part: the first numbers are worker 0's alone, and nobody else begins before they are added.
///
/// This is what Amdahl's law is about: reading the input, preparing a table, writing the result. The rest is divided
/// evenly among all workers, worker 0 among them.
enum Serial: Experiment {
  /// The part of the numbers that is worker 0's alone, as one over this.
  private static let divisors: [(name: String, divisor: UInt64)] = [
    ("fifth", 5), ("half", 2), ("tenth", 10),
  ]

  static let workload = Workload(
    name: "serial", summary: "add 0…N, of which one worker adds a part alone before the others begin",
    work: .numbers(divisors.map { .variant($0.name) }))

  static func run(_ job: Job) throws -> TrialRecord {
    guard let (_, divisor) = divisors.first(where: { $0.name == job.kernel?.name }) else {
      throw Refusal("there is no such serial part")
    }
    let sum = Workload.sum.kernels[0].compute
    let count = job.last + 1
    let alone = count / divisor
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
    // The numbers are not divided as those of other jobs are.
    for position in record.shares?.indices ?? 0..<0 { record.shares?[position].range = nil }
    return record
  }
}
