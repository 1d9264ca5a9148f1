import Analysis
import Arguments
import Formatting
import Platform
import Queueing
import Records

/// The option that names the file of a system.
struct SystemArguments {
  private let path: String?
  /// The options of traffic that were given, which the stages of a file have themselves.
  private let traffic: [String]
  /// The options that were given and that a system does not have.
  private let others: [String]

  init(_ line: inout ArgumentLine) {
    path = line.value(
      of: Option(
        "system", "FILE", .text("a JSON file, or - for standard input", example: "system.json"),
        help: "plan the tiers in a JSON file: capacities, bottlenecks, remedies (- for standard input)"))
    let traffic: Set = ["rate", "users", "per-user", "reads", "writes", "write-size", "traffic"]
    self.traffic = line.given.intersection(traffic).sorted()
    others = line.given.subtracting(traffic).subtracting([
      "system", "peak", "month", "target", "json", "html", "svg",
    ]).sorted()
  }

  /// Checks that nothing but a system is asked for, if one is.
  ///
  /// - Throws: `UsageError`.
  func check() throws(UsageError) {
    if path != nil, let option = others.first {
      throw .other("--\(option) has no effect with --system (leave one out)")
    }
  }

  /// Returns the plan of the system; `nil` if there is none.
  ///
  /// - Throws: `UsageError`, `CommandFailure`.
  func plan(_ arguments: PlanArguments) throws -> PlanRecord? {
    guard let path else { return nil }
    let file = try PolicyFile.read(SystemFile.self, path)
    let name = PolicyFile.name(of: path)
    let (traffic, target) = (arguments.traffic, arguments.sizes.target)
    func record(_ traffic: PlanRecord.Traffic, _ system: SystemRecord) -> PlanRecord {
      var record = PlanRecord(
        month: arguments.traffic.month, traffic: traffic, objective: nil, target: target,
        waitProbability: arguments.sizes.wait)
      record.system = system
      return record
    }
    if file.stages.isEmpty {
      let plan = try traffic.plan()
      let stage = try file.stage(for: plan.traffic, in: name)
      var planned = record(plan.traffic, SystemRecord(name: file.name, growing: stage, target: target))
      planned.storage = plan.storage
      return planned
    }
    if let option = self.traffic.first {
      throw UsageError.other(
        "--\(option) has no effect: \(name) has stages with traffic of their own (leave it out)")
    }
    let peak = traffic.peak ?? 1
    let stages = try file.plannedStages(month: traffic.month, peak: peak, in: name)
    let last = stages.last?.rate ?? 0
    return record(
      PlanRecord.Traffic(
        amounts: [], users: stages.last?.users, mean: last / peak, peak: last, peakFactor: traffic.peak),
      SystemRecord(name: file.name, stages: stages))
  }
}

extension SystemFile {
  /// Returns the system with the traffic of the command line.
  ///
  /// - Throws: `UsageError` without a share of reads; `CommandFailure` if no tier has work.
  fileprivate func stage(for traffic: PlanRecord.Traffic, in path: String) throws -> SystemStage {
    func sum(_ name: String) -> Double {
      traffic.amounts.filter { $0.name == name }.reduce(0) { $0 + $1.rate }
    }
    let (reads, writes) = (sum("reads"), sum("writes"))
    let mixed = traffic.mean - reads - writes
    // The sum of reads and writes may differ from the mean by its rounding.
    let isMixed = mixed > 1e-9 * traffic.mean
    guard let share = isMixed ? readShare : 0 else {
      throw UsageError.other(
        "\(path) lacks 'readShare', the part of the requests that are reads (add it, or give --reads and --writes)"
      )
    }
    let all = isMixed ? mixed : 0
    return try stage(
      "×1", tiers, reads: reads + all * share, writes: writes + all * (1 - share), users: traffic.users,
      peak: traffic.peak / traffic.mean, in: path)
  }

  /// Returns the stages with their traffic.
  ///
  /// - Parameters:
  ///   - month: The length of a month in seconds.
  ///   - peak: The rate to plan for over that of a stage.
  /// - Throws: `CommandFailure` for a rate out of range, and if no tier has work.
  fileprivate func plannedStages(month: Double, peak: Double, in path: String) throws -> [SystemStage] {
    try stages.map { entry in
      let share = readShare ?? 0
      let (reads, writes, users): (Double, Double, Double?) =
        switch entry.traffic {
        case .rate(let rate): (rate * share, rate * (1 - share), nil)
        case .users(let users, let each):
          (
            users * each.rate(month: month) * share, users * each.rate(month: month) * (1 - share), users
          )
        case .amounts(let reads, let writes):
          (reads?.rate(month: month) ?? 0, writes?.rate(month: month) ?? 0, nil)
        }
      return try stage(
        entry.name, entry.tiers, reads: reads, writes: writes, users: users, peak: peak, in: path)
    }
  }

  private func stage(
    _ name: String, _ tiers: [Tier], reads: Double, writes: Double, users: Double?, peak: Double,
    in path: String
  ) throws(CommandFailure) -> SystemStage {
    let rate = (reads + writes) * peak
    let label = Readable.line(name)
    guard rate > 0, rate <= 1e12 else {
      throw CommandFailure(
        message:
          "\(path) has \(Readable.grouped(rate)) requests/s in stage '\(label)' (expected more than 0, at most 10^12)",
        status: UsageError.exitStatus)
    }
    guard
      let system = TieredSystem(
        tiers, readShare: min(1, reads / (reads + writes)), thinkTime: thinkTime)
    else {
      throw CommandFailure(
        message: "\(path) has no tier with work in stage '\(label)' (expected a 'read' or 'write' over 0)",
        status: UsageError.exitStatus)
    }
    return SystemStage(name: label, users: users, rate: rate, system: system)
  }
}
