import Analysis
import Arguments
import Records

/// The arguments of `scaleup capacity`.
struct CapacityArguments {
  let objective: LatencyObjective
  let programs: ProgramArguments
  let workers: WorkerCounts?
  let path: String
  let connections: Int
  /// The measured time of a try, in nanoseconds.
  let duration: UInt64
  /// The most cores that other programs may keep busy during an undisturbed try.
  let foreignLoad: Double
  let isJSON: Bool
  let label: String?
  let isQuiet: Bool

  /// Returns `--slo`, an objective.
  static func slo(_ help: String) -> Option<LatencyObjective> {
    Option(
      "slo", "pNUMBER:TIME",
      Reader(
        expected: "a percentile above 0 and below 100, and a time in us, ms or s, up to an hour",
        example: "p99:20ms", parse: { LatencyObjective($0) }), help: help)
  }

  init(_ line: inout ArgumentLine) {
    line.group("What to run")
    objective =
      line.value(
        of: Self.slo(
          "objective to meet: a percentile of the latencies and its limit (default: p99:20ms)"))
      ?? LatencyObjective(percentile: 99, time: 20_000_000)
    let models = line.value(of: ProgramArguments.models)
    workers = line.value(of: RunArguments.workers)
    path = line.value(of: TrafficArguments.path) ?? Traffic().path
    connections = line.value(of: TrafficArguments.connections) ?? Traffic().connections
    duration = line.value(of: Self.seconds)?.nanoseconds ?? Self.duration(for: objective)
    foreignLoad = line.value(of: SuiteOptions.foreignLoad) ?? ProcessRecord.mostForeignLoad
    line.group("Other programs")
    programs = ProgramArguments(&line, models: models)
    line.group("Output")
    isJSON = line.has(Flag("json", help: "print one scaleup.capacity/1 record"))
    label = line.value(of: RunOutputArguments.label)
    isQuiet = line.has(Notes.quiet)
  }

  private static let seconds = Option<Seconds>(
    "seconds", "SECONDS", .seconds(in: 0.1...3600, example: "2"),
    help: "measured time of a try (default: 50 times that of --slo, from 1 to 60)")

  /// Returns the time of a try for an objective, from a second to a minute.
  ///
  /// A rate that exceeds the capacity by a part p of it misses the objective only when the queue has grown to its time,
  /// time / p after the start. In 50 times the time, an excess of 2 % shows.
  private static func duration(for objective: LatencyObjective) -> UInt64 {
    min(max(50 * objective.time, 1_000_000_000), 60_000_000_000)
  }
}
