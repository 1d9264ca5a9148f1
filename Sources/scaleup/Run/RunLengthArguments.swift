import Arguments
import Records

/// The arguments that say how long a run takes, and which trials count.
struct RunLengthArguments {
  /// The time for the whole run, in nanoseconds.
  let budget: UInt64?
  let trials: Int?
  let warmUps: Int?
  let isQuick: Bool
  let repetitions: Int
  /// The time limit of a trial in nanoseconds; `nil` if it follows from an estimate.
  let timeout: UInt64?
  /// The most cores that other programs may keep busy during a trial that counts; `nil` is the standard limit.
  let foreignLoad: Double?

  init(_ line: inout ArgumentLine) {
    budget =
      line.value(
        of: Option(
          "budget", "SECONDS", .seconds(in: 1...1_000_000, example: "300"),
          help:
            "time for the whole run, which ends sooner if every median reaches ±1 % or, with --gate, every gate has decided (default: 45)"
        ))?
      .nanoseconds
    trials = line.value(
      of: Option(
        "trials", "COUNT", .count(in: 1...100_000, example: "5"),
        help: "trials per configuration; with --budget, the fewest (default: at least 5)"))
    warmUps = line.value(
      of: Option(
        "warmup", "COUNT", .count(in: 0...1000, example: "1"),
        help: "warm-up trials per configuration, discarded (default: 1)"))
    isQuick = line.has(Flag("quick", help: "run everything once, without warm-up, in a few seconds"))
    repetitions = line.value(of: SuiteOptions.repetitions) ?? 1
    timeout = line.value(of: SuiteOptions.trialTimeout)?.nanoseconds
    foreignLoad = line.value(of: SuiteOptions.foreignLoad)
  }
}
