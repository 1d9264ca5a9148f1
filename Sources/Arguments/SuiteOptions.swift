/// The options that several programs of the suite take, each declared once so that its range is the same everywhere.
public enum SuiteOptions {
  /// The ways in which numbers can be scheduled on workers.
  public static let schedules = ["static", "dynamic", "guided"]

  /// Returns `--upto`, the last number of a workload that treats every number from 0.
  public static func upTo(default text: String) -> Option<UInt64> {
    Option(
      "upto", "N", .wholeNumber(in: 0...UInt64.max - 1, example: "1e10"),
      help: "last number, such as 1e10 (default: \(text))")
  }

  /// `--grain`, the size of a chunk.
  public static let grain = Option<UInt64>(
    "grain", "COUNT", .wholeNumber(in: 1...UInt64.max - 1, example: "1e6"),
    help: "numbers per chunk; with guided, the fewest (default: 64 chunks per worker)")

  /// Checks that a chunk has no more numbers than there are.
  ///
  /// - Throws: `UsageError`.
  public static func check(grain: UInt64?, upTo: UInt64?) throws(UsageError) {
    if let upTo, let grain, grain > max(1, upTo) {
      throw .other("--grain \(grain) exceeds N = \(upTo) (try a smaller grain)")
    }
  }

  /// The operations of the workload `memory`.
  public static let operations = ["copy", "scale", "add", "triad"]

  /// Returns `--size`, the bytes of each of the three arrays of `memory`.
  public static func size(default text: String) -> Option<Bytes> {
    Option(
      "size", "BYTES", .bytes(in: 1024...1 << 46, example: "256M"),
      help: "bytes of each array of memory, such as 16K or 256M (default: \(text))")
  }

  /// Returns `--seconds`, the length of a workload of fixed time.
  public static func seconds(default text: String) -> Option<Seconds> {
    Option(
      "seconds", "SECONDS", .seconds(in: 0.001...3600, example: "1"),
      help: "duration of a stress trial, up to 3600 (default: \(text))")
  }

  /// `--repetitions`, the number of regions in one process.
  public static let repetitions = Option<Int>(
    "repetitions", "COUNT", .count(in: 1...1_000_000, example: "100"),
    help: "repetitions of the work in one process, each timed (default: 1)")

  /// `--retries`, the number of lost workers that the fork model may replace.
  public static let retries = Option<Int>(
    "retries", "COUNT", .count(in: 0...1_000_000, example: "3"),
    help: "lost workers that fork may replace per trial (default: 3)")

  /// `--port` of a server.
  public static let port = Option<Int>(
    "port", "PORT", .count(in: 0...65_535, example: "8080"),
    help: "port to listen on; 0 lets the system choose (default: 8080)")

  /// Returns `--address` of a server.
  ///
  /// - Parameter isAddress: Returns whether a text is a numeric address.
  public static func address(_ isAddress: @escaping @Sendable (String) -> Bool) -> Option<String> {
    Option(
      "address", "ADDRESS",
      Reader(
        expected: "a numeric address of this machine, such as 0.0.0.0 or ::1", example: "127.0.0.1",
        parse: { isAddress($0) ? $0 : nil }),
      help: "numeric address to listen on (default: 127.0.0.1, this machine only)")
  }

  /// `--json` of a server.
  public static let serviceRecord = Flag("json", help: "print one scaleup.service/1 record when ready")

  /// Returns `--timeout`, the time after which something is given up.
  public static func timeout(_ help: String) -> Option<Seconds> {
    Option("timeout", "TIME", .seconds(in: 0.001...1_000_000, example: "60s"), help: help)
  }

  /// `--timeout` of the harness, the time limit of a trial.
  public static let trialTimeout = timeout(
    "time limit of a trial (default: a minute plus ten times its estimated duration)")

  /// `--foreign-load`, the limit beyond which other programs disturb a trial.
  public static let foreignLoad = Option<Double>(
    "foreign-load", "CORES", .decimal(in: 0...1_000_000, example: "0.5"),
    help: "discard trials in which other programs keep more than CORES busy (default: 0.15)")

  /// Returns `--placement`, the rule by which workers are put on CPUs; `none`, the default, is `nil`.
  ///
  /// - Parameters:
  ///   - subject: What it puts on CPUs.
  ///   - read: Reads any other rule; returns `nil` if there is no such rule.
  public static func placement<Value: Sendable>(
    _ subject: String, _ read: @escaping @Sendable (String) -> Value?
  ) -> Option<Value?> {
    let words = ["none", "cores", "compact", "spread"]
    let reader = Reader<Value?>(
      expected: "\(words.joined(separator: ", ")), a kind of core or numbers of CPUs, such as 0,2,4-7",
      example: "cores", nearest: { nearestWord(to: $0, among: words) },
      parse: { $0 == "none" ? .some(nil) : read($0).map { .some($0) } })
    return Option(
      "placement", "RULE", reader,
      help:
        "put \(subject) on CPUs: cores (a physical core each first), compact (siblings first), spread (memory nodes in turns), "
        + "a kind of core, or CPUs such as 0,2,4-7 (default: none)")
  }

  /// The reader of one number of workers, or of threads per rank.
  public static let workerCount = Reader<Int>.count(in: 1...WorkerCounts.most, example: "4")

  /// Returns `--workers` of a program that runs one number of workers; `all`, the default, is `nil`.
  public static func workers(upTo most: Int, default text: String) -> Option<Int?> {
    let count = Reader<Int>.count(in: 1...most, example: "4")
    let reader = Reader<Int?>(expected: "\(count.expected), or all", example: count.example) { word in
      word == "all" ? .some(nil) : (try? count.read(word).get()).map { .some($0) }
    }
    return Option("workers", "COUNT", reader, help: "number of workers (default: all, \(text))")
  }
}
