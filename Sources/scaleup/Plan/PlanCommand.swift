import Analysis
import Arguments
import Autoscaling
import Formatting
import Harness
import Platform
import Records
import Report

/// The arguments of `scaleup plan`.
struct PlanArguments {
  let traffic: PlanTrafficArguments
  let sizes: PlanSizeArguments
  let system: SystemArguments
  let policies: PolicyArguments
  let simulation: SimulationArguments
  /// The file with a state to decide on; `nil` if there is none.
  let decide: String?
  /// The format of the policy for another engine; `nil` if none is asked for.
  let export: ExportFormat?
  /// The queue whose probability to wait is asked for; `nil` if none is.
  let erlang: ErlangQuestion?
  let isJSON: Bool
  /// The destinations of pictures; `nil` if none is asked for.
  let pictures: PictureArguments?

  init(_ line: inout ArgumentLine) throws(UsageError) {
    traffic = PlanTrafficArguments(&line)
    sizes = PlanSizeArguments(&line)
    erlang = line.value(of: ErlangQuestion.option)
    line.group("Tiers")
    system = SystemArguments(&line)
    line.group("Policies")
    policies = PolicyArguments(&line)
    decide = line.value(of: DecideCommand.option)
    export = line.value(of: ExportCommand.option)
    simulation = SimulationArguments(&line)
    line.group("Output")
    isJSON = line.has(Flag("json", help: "print one scaleup.plan/1 record"))
    pictures = PictureArguments(&line, of: "plan")
    if isJSON, pictures?.isPrinted == true {
      throw .other("--json and --html - both print to standard output (leave one out)")
    }
  }
}

/// `scaleup plan`: arguments → demand, traffic, policies → plan → report.
enum PlanCommand: Subcommand {
  static let command = Command(
    "scaleup plan",
    summary: "Plan instances, their cost, tiers and scaling policies from measured or given demands.",
    examples: [
      "scaleup plan --reads 1e11/month --writes 1e9/month --demand 8ms",
      "scaleup plan --rate 900 --demand 8ms --slo p95:100ms --policy hpa,step",
      "scaleup plan --system system.json --rate 400", "scaleup plan --decide state.json",
      "scaleup plan --policy hpa --max 20 --export hpa",
    ],
    read: PlanArguments.init)

  static func run(_ arguments: PlanArguments) throws -> ProgramOutput {
    try arguments.system.check()
    if let question = arguments.erlang { return try question.output() }
    if let path = arguments.decide { return try DecideCommand.output(for: path) }
    if let format = arguments.export {
      return try ExportCommand.output(of: arguments.policies, as: format)
    }
    let destination = try arguments.pictures.map {
      try PictureDestination($0, sources: arguments.sizes.files)
    }
    let record = try arguments.system.plan(arguments) ?? plan(arguments)
    let drawn = try destination?.write(record) ?? ProgramOutput()
    if arguments.pictures?.isPrinted == true { return drawn }
    return ProgramOutput(
      output: arguments.isJSON ? try record.text() : planReport(of: record, style: Terminal.outputStyle),
      error: drawn.error)
  }

  /// Returns the plan, with the simulation of its policies.
  ///
  /// - Throws: `UsageError`, `CommandFailure`.
  private static func plan(_ arguments: PlanArguments) throws -> PlanRecord {
    let traffic = try arguments.traffic.plan()
    let sizes = try arguments.sizes.sizes()
    var record = PlanRecord(
      month: arguments.traffic.month, traffic: traffic.traffic, objective: arguments.sizes.objective,
      target: arguments.sizes.target, waitProbability: arguments.sizes.wait)
    record.storage = traffic.storage
    record.serverless = arguments.sizes.serverless.map {
      .init(pricePerRequest: $0, requestsPerMonth: traffic.traffic.mean * arguments.traffic.month)
    }
    for size in sizes {
      do throws(PlanError) {
        try record.add(size)
      } catch {
        throw CommandFailure(message: error.message, status: UsageError.exitStatus)
      }
    }
    record.simulation = try arguments.simulation.simulation(
      try arguments.policies.policies(), traffic, sizes, objective: arguments.sizes.objective)
    return record
  }
}

extension PlanError {
  /// One line with the reason and the remedy.
  fileprivate var message: String {
    switch self {
    case .unreachable(let size, let alone, let objective):
      "no number of instances meets \(objective.text): on \(Readable.line(size)), one request alone takes "
        + "\(Readable.duration(nanoseconds: alone)) at p\(Readable.plain(objective.percentile)) (allow more with --slo, or lower --demand)"
    case .tooManyInstances(let size):
      "the traffic takes more than \(Readable.grouped(Double(PlanRecord.mostInstances))) instances of \(Readable.line(size)) (lower the rate or the demand)"
    }
  }
}
