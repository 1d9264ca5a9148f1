import Arguments

/// The options that the model executables have in common.
enum ModelOptions {
  static let upTo = Option<UInt64>(
    "upto", "N", .wholeNumber(in: 0...UInt64.max - 1, example: "1e10"),
    help: "the last number, such as 10_000_000_000 or 1e10 (default 1e9)")
  static let seconds = Option<Seconds>(
    "seconds", "S", .seconds(in: 0.001...3600, example: "5"),
    help: "how long to work, up to 3600 (default 1)")
  static let load = Option<Int>(
    "load", "PERCENT", .count(in: 1...100, example: "50"),
    help: "the percentage of that time in which each worker is busy, 1 to 100 (default 100)")
  static let json = Flag("json", help: "print one scaleup.trial/1 record instead of a readable account")
  static let describe = Flag(
    "describe", help: "print what this executable can do as a scaleup.model/1 record")

  /// `--workers`, up to what a model takes.
  static func workers(atMost most: Int) -> Option<Int> {
    let reader: Reader<Int> =
      most == 1
      ? Reader(expected: "1, and this model has one worker", example: "1", parse: { $0 == "1" ? 1 : nil })
      : .count(in: 1...most, example: "4")
    return Option(
      "workers", "P", reader,
      help: most == 1
        ? "accepted for likeness with the other models: 1" : "how many workers (default: one a CPU)")
  }

  /// The options of a workload.
  static func syntax(of workload: Workload, mostWorkers: Int) -> [OptionSyntax] {
    let extent =
      switch workload.work {
      case .numbers: [upTo.syntax]
      case .period: [seconds.syntax, load.syntax]
      }
    return extent + [workers(atMost: mostWorkers).syntax, json.syntax]
  }
}
