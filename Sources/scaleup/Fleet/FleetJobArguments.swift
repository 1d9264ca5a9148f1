import Arguments

/// The options of a queue of jobs in place of a balancer.
struct FleetJobArguments {
  /// The queues of jobs.
  enum Queue: Hashable {
    case embedded
    /// A Redis server by its URL.
    case redis(String)

    init?(_ word: String) {
      if word == "embedded" {
        self = .embedded
      } else if word.hasPrefix("redis://"), word.utf8.count > 8 {
        self = .redis(word)
      } else {
        return nil
      }
    }
  }

  /// The queue; `nil` for a balancer.
  let queue: Queue?
  /// The file that the jobs of an embedded queue survive in.
  let journal: String
  /// The time of an attempt of a job, after which it has failed, in nanoseconds.
  let timeout: UInt64

  private static let standardJournal = "results/jobs.journal"
  /// The least time of an attempt that is chosen.
  private static let leastTimeout: UInt64 = 10_000_000_000

  /// Reads the options.
  ///
  /// - Parameter failing: The time that the checks of an instance take to fail, in nanoseconds.
  /// - Throws: `UsageError`.
  init(_ line: inout ArgumentLine, failing: UInt64) throws(UsageError) {
    line.group("Jobs")
    queue = line.value(
      of: Option(
        "queue", "KIND",
        Reader(
          expected: "embedded or the URL of a Redis server", example: "redis://127.0.0.1:6379",
          parse: { Queue($0) }),
        help: "queue of jobs in place of a balancer: embedded, or redis://HOST:PORT"))
    let file = line.value(
      of: Option(
        "journal", "FILE", .text("a file name", example: Self.standardJournal),
        help:
          "file for the jobs and results of an embedded queue, which survive a restart (default: \(Self.standardJournal))"
      )
    )
    journal = file ?? Self.standardJournal
    let limit = line.time(
      "job-timeout", default: "10s, or --fall checks if longer", example: "10s", in: 0.05...86_400,
      "longest time for a job before another instance gets it; a frozen one is noticed --fall checks later")
    timeout = limit ?? max(Self.leastTimeout, failing)
    if file != nil, queue != .embedded {
      throw .other("--journal has no effect without --queue embedded (add it)")
    }
    if limit != nil, queue == nil {
      throw .other("--job-timeout has no effect without --queue (add --queue embedded)")
    }
  }
}
