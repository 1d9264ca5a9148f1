import Arguments
import Fleet
import Formatting
import Platform
import Records

/// `scaleup balance`: arguments → listener → event loop.
enum BalanceCommand: Subcommand {
  static let command = Command(
    "scaleup balance",
    summary: "Forward HTTP requests to servers that pass their health checks.",
    examples: [
      "scaleup balance --target 127.0.0.1:8081 --target 127.0.0.1:8082",
      "scaleup balance --target a=10.0.0.1:80 --balancing round-robin --check-path /",
    ]
  ) { line throws(UsageError) in try BalanceArguments(&line) }

  /// The model that its `scaleup.service/1` record names.
  private static let model = "balance"
  /// The descriptors that are neither a client's nor one of a connection to a target for it.
  private static let otherDescriptors = 1024

  static func run(_ arguments: BalanceArguments) throws -> ProgramOutput {
    let signals = try SignalPipe(SignalPipe.endRequests)
    var settings = arguments.settings
    // A client needs a descriptor, and its request another one.
    let descriptors = reserveDescriptors(2 * settings.connections + otherDescriptors)
    settings.connections = max(1, min(settings.connections, (descriptors - descriptors / 8) / 2))
    let listener = try Listener(address: arguments.address, port: arguments.port)
    let balancer = try Balancer(listener, address: arguments.address, settings: settings)
    if !arguments.isQuiet {
      balancer.onChange = { note("target \($0.name) is \($0.state)\($0.problem.map { ": \($0)" } ?? "")") }
    }
    for target in arguments.targets.targets {
      try balancer.add(target.name, address: target.address, port: target.port)
    }
    let ending = Ending()
    try balancer.watch(signals.descriptor) { ending.take(signals, balancer) }
    try announce(arguments, listener)
    if arguments.targets.takesCommands {
      try balancer.takeCommands(from: StandardInput.source, named: StandardInput.name) { line in
        do { try StandardStream.output.write(line + "\n") } catch { balancer.end() }
      }
    }
    try balancer.run()
    if balancer.unfinished == 0 { return ProgramOutput() }
    let count = Readable.count(balancer.unfinished, "request")
    let grace = Readable.duration(nanoseconds: Double(settings.grace))
    throw CommandFailure(message: "ended with \(count) in flight after a grace of \(grace)", status: 1)
  }

  private static func announce(_ arguments: BalanceArguments, _ listener: Listener) throws(SystemError) {
    let record = ServiceRecord(
      model: model, workers: 1, address: arguments.address, port: listener.port,
      process: Int(ThisProcess.identifier))
    let line =
      arguments.isJSON
      ? record.jsonText : "listening on http://\(socketName(arguments.address, listener.port))"
    try StandardStream.output.write(line + "\n")
  }

  private static func note(_ text: String) {
    StandardStream.error.offer("scaleup: \(Readable.line(text))\n")
  }

  /// The requests to end: the first ends in order, the second at once.
  private final class Ending {
    private var count = 0

    func take(_ signals: SignalPipe, _ balancer: Balancer) {
      for signal in signals.take() {
        count += 1
        if count > 1 { exitProcess(128 + signal) }
        balancer.end()
      }
    }
  }
}
