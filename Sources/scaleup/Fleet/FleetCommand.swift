import Arguments
import Fleet
import Formatting
import Harness
import Platform
import Records
import Report

/// `scaleup fleet`: arguments → plan → front, instances, traffic and the loop → record → report.
enum FleetCommand: Subcommand {
  static let command = Command(
    "scaleup fleet",
    summary: "Run instances behind a balancer, and let a scaling policy set their number.",
    examples: [
      "scaleup fleet --traffic step --rate 300",
      "scaleup fleet --policy hpa --rate 500 --seconds 60 --events",
      "scaleup fleet --min 3 --freeze-every 20s",
      "scaleup fleet --queue embedded --policy backlog --rate 20 --path /api/1e7",
    ],
    read: FleetArguments.init)

  static func run(_ arguments: FleetArguments) throws -> ProgramOutput {
    let signals = try SignalPipe(
      SignalPipe.endRequests + [SignalPipe.childEnded, SignalPipe.stopRequest, SignalPipe.continued])
    let plan = try FleetPlan(arguments, ChildRunner(signals: signals))
    // The search for the models took these over for its own time.
    try signals.add([SignalPipe.stopRequest, SignalPipe.continued])
    Notes(isQuiet: arguments.isQuiet).say(plan.warnings.map { "warning: \($0)" })
    let host = arguments.label ?? Passport.ofThisMachine().host
    let waiting = FleetSignals(signals)
    let run: FleetRun
    do {
      run = try FleetRun(
        plan, host: host, signals: waiting,
        view: FleetView(showsEvents: arguments.showsEvents, isQuiet: arguments.isQuiet))
    } catch let error as FleetFailure {
      throw CommandFailure(message: error.description, status: 1)
    } catch is FrontInterruption {
      throw Interruption(signal: waiting.endRequest ?? SignalPipe.endRequests[0])
    }
    let (record, signal) = run.run()
    return try output(of: record, signal, isJSON: arguments.isJSON)
  }

  private static func output(
    of record: FleetRecord, _ signal: Int32?, isJSON: Bool
  ) throws -> ProgramOutput {
    let failure = record.failure.map { "FAILED: \(Readable.line($0, limit: 1000))\n" } ?? ""
    let isWrong = record.failure != nil || (record.load?.errors[.wrongAnswer] ?? 0) > 0
    return ProgramOutput(
      output: isJSON
        ? try record.text()
        : fleetReport(
          of: record, simulated: FleetSimulation.outcome(of: record), style: Terminal.outputStyle),
      error: isJSON ? failure : "", status: isWrong ? 1 : signal.map { 128 + $0 } ?? 0)
  }
}
