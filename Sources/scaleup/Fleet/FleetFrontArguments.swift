import Arguments
import Fleet

/// The options of a fleet's front: a balancer or a queue.
struct FleetFrontArguments {
  /// The programs that balance.
  enum Balancer: String, CaseIterable {
    case builtIn = "built-in"
    case haproxy
  }

  let port: Int
  let balancer: Balancer
  let balancing: Balancing
  /// Times in nanoseconds of wall time.
  let checkInterval, checkTimeout: UInt64
  let rise, fall: Int
  /// The options of the queue, if one stands in place of a balancer.
  let jobs: FleetJobArguments

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
    jobs = try FleetJobArguments(&line, failing: UInt64(fall) * interval)
    (balancer, balancing) = (program ?? .builtIn, rule ?? .leastOutstanding)
    (checkInterval, checkTimeout) = (interval, timeout ?? interval)
    if checkTimeout > checkInterval {
      throw .other("--check-timeout is over --check-interval (give a shorter timeout)")
    }
    if jobs.queue != nil, program != nil || rule != nil {
      throw .other(
        "--\(program != nil ? "balancer" : "balancing") has no effect with --queue (leave one out)")
    }
  }
}
