import Arguments
import Fleet

/// The options of health checks of `scaleup balance` and `scaleup jobs`.
struct HealthCheckArguments {
  let settings: HealthCheckSettings

  /// - Throws: `UsageError`.
  init(_ line: inout ArgumentLine) throws(UsageError) {
    line.group("Health checks")
    let usual = HealthCheckSettings()
    let path = line.value(of: Self.path) ?? usual.path
    let interval = line.value(of: Self.interval)?.nanoseconds ?? usual.interval
    let timeout = line.value(of: Self.timeout)?.nanoseconds
    let rise = line.value(of: Self.rise) ?? usual.rise
    let fall = line.value(of: Self.fall) ?? usual.fall
    if let timeout, timeout > interval {
      throw .other("--check-timeout exceeds the interval of the checks (try a longer --check-interval)")
    }
    settings = HealthCheckSettings(
      path: path, interval: interval, timeout: timeout ?? usual.timeout, rise: rise, fall: fall)
  }

  private static let path = Option<String>(
    "check-path", "PATH",
    Reader(
      expected: "a path such as /healthcheck", example: "/healthcheck",
      parse: { HealthCheckSettings.isPath($0) ? $0 : nil }),
    help: "path to request (default: /healthcheck)")
  private static let interval = Option<Seconds>(
    "check-interval", "TIME", .seconds(in: 0.01...3600, example: "5s"),
    help: "time from the start of a check to that of the next (default: 5s)")
  private static let timeout = Option<Seconds>(
    "check-timeout", "TIME", .seconds(in: 0.01...3600, example: "2s"),
    help: "time after which a check has failed (default: 2s, at most the interval)")
  private static let rise = Option<Int>(
    "rise", "COUNT", .count(in: 1...100, example: "2"),
    help: "good checks in a row after which an unhealthy server is healthy (default: 2)")
  private static let fall = Option<Int>(
    "fall", "COUNT", .count(in: 1...100, example: "2"),
    help: "failed checks in a row after which a server is unhealthy (default: 2)")
}
