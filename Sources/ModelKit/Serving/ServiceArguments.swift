import Arguments

/// The way in which forked workers share a port.
public enum AcceptStrategy: String, CaseIterable, Sendable {
  /// All workers accept from one listener, which they inherit.
  case shared
  /// Each worker has a listener of its own, and the system distributes connections (`SO_REUSEPORT`).
  case reuseport
  /// The parent accepts, and passes each connection to the next worker in turn.
  case pass
}

/// The arguments of `scaleup-<model> serve`.
struct ServiceArguments {
  let address: String
  let port: Int
  let workers: Int
  let accepting: AcceptStrategy
  let grace: UInt64
  /// The cores that all workers may use together; `nil` for no limit.
  let share: Double?
  /// The time before the service listens, in nanoseconds.
  let startUp: UInt64
  let isJSON: Bool
}

extension ServiceArguments {
  private static let grace = Option<Seconds>(
    "grace", "SECONDS", .seconds(in: 0.1...3600, example: "10"),
    help: "time for answers in flight after SIGTERM (default: 10)")
  private static let share = Option<Double>(
    "share", "CORES", .decimal(in: 0.01...1024, example: "0.5"),
    help: "pace the answers as a machine with this many cores would, up to one per worker (default: no limit)"
  )
  private static let startUp = Option<Seconds>(
    "start-up", "SECONDS", .seconds(in: 0...86_400, example: "3"),
    help: "delay before listening, like the start-up of an instance (default: 0)")
  private static let accepting = Option<AcceptStrategy>(
    "accept", "WAY", .choice(of: AcceptStrategy.allCases),
    help: "sharing of the port: shared, reuseport or pass (default: shared, one listener for all)")

  /// Reads the options that a service has in a model's executable.
  ///
  /// - Throws: `UsageError` for a share that the workers cannot use.
  init(_ line: inout ArgumentLine, of program: ModelProgram) throws(UsageError) {
    port = line.value(of: SuiteOptions.port) ?? 8080
    address = line.value(of: SuiteOptions.address { isAddress($0) }) ?? "127.0.0.1"
    workers =
      (line.value(of: JobArguments.workers(of: program)) ?? nil)
      ?? min(CPULimits.ofThisProcess().effective, program.maximumWorkers)
    accepting = (program.replacesWorkers ? line.value(of: Self.accepting) : nil) ?? .shared
    grace = line.value(of: Self.grace)?.nanoseconds ?? 10_000_000_000
    share = line.value(of: Self.share)
    startUp = line.value(of: Self.startUp)?.nanoseconds ?? 0
    isJSON = line.has(SuiteOptions.serviceRecord)
    if let share, share > Double(workers) {
      throw .other(
        "--share \(Readable.plain(share)) is more than \(Readable.count(workers, "worker")) can use "
          + "(expected at most \(workers))")
    }
  }
}
