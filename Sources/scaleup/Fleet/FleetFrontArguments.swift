import Arguments
import Fleet

/// The options of a fleet's front: a balancer or a queue.
struct FleetFrontArguments {
  /// The programs that balance.
  enum Balancer: String, CaseIterable {
    case builtIn = "built-in"
    case haproxy
  }

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

  let port: Int
  let balancer: Balancer
  let balancing: Balancing
  /// Times in nanoseconds of wall time.
  let checkInterval, checkTimeout: UInt64
  let rise, fall: Int
  /// The queue; `nil` for a balancer.
  let queue: Queue?
  /// The file that keeps the jobs of an embedded queue.
  let journal: String

  private static let standardJournal = "results/jobs.journal"

  init(_ line: inout ArgumentLine) throws(UsageError) {
    line.group("Balancer")
    port =
      line.value(
        of: Option(
          "port", "PORT", .count(in: 0...65_535, example: "8080"),
          help: "port for clients; 0 lets the system choose (default: 8080)")) ?? 8080
    let program = line.value(
      of: Option(
        "balancer", "NAME", .choice(of: Balancer.allCases), help: "built-in or haproxy (default: built-in)"))
    let rule = line.value(
      of: Option(
        "balancing", "RULE", .choice(of: Balancing.allCases),
        help: "round-robin or least-outstanding (default: least-outstanding)"))
    let interval =
      line.time(
        "check-interval", default: "500ms", in: 0.01...600, "time between health checks of an instance")
      ?? 500_000_000
    let timeout = line.time(
      "check-timeout", default: "that of --check-interval", example: "250ms", in: 0.01...600,
      "time after which a check has failed")
    func count(_ name: String, _ help: String) -> Option<Int> {
      Option(name, "COUNT", .count(in: 1...100, example: "2"), help: "\(help) (default: 2)")
    }
    rise = line.value(of: count("rise", "good checks in a row that make an instance healthy again")) ?? 2
    fall = line.value(of: count("fall", "failed checks in a row that make an instance unhealthy")) ?? 2
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
        help: "file that keeps jobs and results of an embedded queue (default: \(Self.standardJournal))")
    )
    journal = file ?? Self.standardJournal
    if file != nil, queue != .embedded {
      throw .other("--journal has no effect without --queue embedded (add it)")
    }
    (balancer, balancing) = (program ?? .builtIn, rule ?? .leastOutstanding)
    (checkInterval, checkTimeout) = (interval, timeout ?? interval)
    if checkTimeout > checkInterval {
      throw .other("--check-timeout is over --check-interval (give a shorter timeout)")
    }
    if queue != nil, program != nil || rule != nil {
      throw .other(
        "--\(program != nil ? "balancer" : "balancing") has no effect with --queue (leave one out)")
    }
  }
}
