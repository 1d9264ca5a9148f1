import Arguments

/// The options of `scaleup granularity`; some are those of `scaleup run`.
enum GranularityOptions {
  static let workers = Option<Int>(
    "workers", "P", .count(in: 1...4096, example: "2"),
    help: "the number of workers (default: effective CPUs)")
  static let upTo = Option<UInt64>(
    "upto", "N", .wholeNumber(in: 0...UInt64.max - 1, example: "1e8"),
    help: "the last number to sum, such as 1e8 (default: what one worker does in a twentieth of a second)")
  static let rounds = Option<Int>(
    "rounds", "COUNT", .count(in: 1...10_000, example: "5"), help: "how often everything is tried (default 5)"
  )
  static let json = Flag("json", help: "print one scaleup.granularity/1 record instead of tables")

  /// All of them, in the order of the help.
  static let all = [
    RunOptions.model.syntax, workers.syntax, upTo.syntax, rounds.syntax, RunOptions.peers.syntax,
    RunOptions.program.syntax, json.syntax, RunOptions.label.syntax, RunOptions.quiet.syntax,
    RunOptions.timeout.syntax,
  ]
}
