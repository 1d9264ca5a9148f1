import Arguments
import Formatting
import HTTP
import Load
import Platform

/// The arguments of `scaleup load`.
struct LoadArguments {
  let url: URLParts
  /// The URL as it was given.
  let urlText: String
  /// The pace; `nil` if traffic by time sets it.
  private let constantPace: LoadPace?
  private let traffic: TimedTraffic
  private let rate: RequestRate?
  private let arrivals: ArrivalSchedule.Arrivals?
  let connections: Int
  let paths: PathMix
  let method: LoadMethod
  let opensConnectionPerRequest: Bool
  /// The measured time; `nil` if it was not given. Durations in nanoseconds.
  private let duration: UInt64?
  let warmUp, timeout: UInt64
  let threads: Int
  let seed: UInt64
  let isRemoteAllowed: Bool
  let isJSON: Bool
  let histogramFile: String?
  let isQuiet: Bool

  /// - Throws: `UsageError`.
  init(_ line: inout ArgumentLine) throws(UsageError) {
    urlText = line.operand("URL", help: "server, such as http://127.0.0.1:8080/; https is unsupported")
    line.group("What to send")
    rate = line.value(of: Self.rate)
    arrivals = line.value(of: Self.arrivals)
    traffic = TimedTraffic(&line)
    let limit = line.value(of: Self.connections)
    let mix = line.value(of: Self.paths)
    method = line.value(of: Self.method) ?? .get
    opensConnectionPerRequest = line.has(Self.newConnections)
    line.group("How long")
    duration = line.value(of: Self.seconds)?.nanoseconds
    warmUp = line.value(of: Self.warmUp)?.nanoseconds ?? 1_000_000_000
    timeout =
      line.value(
        of: SuiteOptions.timeout("time after which a request has failed, from sending it (default: 5s)"))?
      .nanoseconds ?? 5_000_000_000
    line.group("Generator")
    threads = line.value(of: Self.threads) ?? max(1, CPULimits.ofThisProcess().effective / 2)
    seed = line.value(of: Self.seed) ?? 1
    isRemoteAllowed = line.has(Self.remote)
    line.group("Output")
    isJSON = line.has(Flag("json", help: "print one scaleup.load/1 record"))
    histogramFile = line.value(of: Self.histogram)
    isQuiet = line.has(Notes.quiet)

    url = try Self.parts(of: urlText)
    try traffic.check(hasRate: rate != nil)
    constantPace = traffic.isGiven ? nil : try Self.pace(rate, arrivals, limit)
    connections = limit ?? LoadSettings.defaultConnections
    paths = try Self.mix(mix, url, seed)
  }

  /// The name of the traffic by time; `nil` if the rate is constant.
  var trafficName: String? { traffic.option.name }

  /// Returns the pace and the measured time in nanoseconds.
  ///
  /// - Throws: `UsageError`; `CommandFailure` for a file that has no traffic.
  func pace() throws -> (pace: LoadPace, duration: UInt64) {
    if let constantPace { return (constantPace, duration ?? 10_000_000_000) }
    guard let rates = try traffic.rates(mean: rate?.perSecond) else {
      throw UsageError.other("missing traffic (expected --traffic; try --traffic daily)")
    }
    if let duration, duration > rates.duration {
      let length = Readable.plain(Double(rates.duration) / 1e9)
      throw UsageError.other(
        "--seconds \(Readable.plain(Double(duration) / 1e9)) is longer than the traffic (expected at most \(length))"
      )
    }
    if rates.mean(until: duration ?? rates.duration) <= 0 {
      throw UsageError.other("the traffic has no requests before --seconds is over (expected a longer time)")
    }
    return (.traffic(arrivals ?? .poisson, rates), duration ?? rates.duration)
  }

  private static func parts(of text: String) throws(UsageError) -> URLParts {
    do throws(URLParts.Problem) {
      return try URLParts(text)
    } catch {
      throw .other("\(error)")
    }
  }

  private static func pace(
    _ rate: RequestRate?, _ arrivals: ArrivalSchedule.Arrivals?, _ connections: Int?
  ) throws(UsageError) -> LoadPace {
    if let rate { return .openLoop(arrivals ?? .poisson, rate) }
    if connections == nil {
      throw .other(
        "missing --rate or --connections (try --rate 1000 for an open loop, --connections 32 for a closed one)"
      )
    }
    if arrivals != nil { throw .other("--arrivals has no effect without --rate (add --rate 1000)") }
    return .closedLoop
  }

  private static func mix(_ text: String?, _ url: URLParts, _ seed: UInt64) throws(UsageError) -> PathMix {
    if text != nil, url.target != "/" {
      throw .other("the URL has a path beside --paths: '\(url.target)' (move it to --paths)")
    }
    do throws(PathMixError) {
      guard let text else { return try PathMix([(url.target, 1)], seed: seed) }
      return try PathMix(text, seed: seed)
    } catch {
      throw .other("\(error)")
    }
  }
}

/// The options.
extension LoadArguments {
  /// The greatest rate: far beyond what one machine can send, and few enough requests to be counted.
  private static let mostRate: UInt64 = 10_000_000

  private static let rate = Option<RequestRate>(
    "rate", "RATE",
    Reader(
      expected: "requests per second from 0.000001 to \(mostRate)", example: "1000",
      parse: { word in
        let rate =
          RequestRate(word)
          ?? (try? Reader.wholeNumber(in: 1...mostRate, example: "").read(word).get()).flatMap {
            RequestRate(perSecond: Double($0))
          }
        return rate.flatMap { $0.perSecond <= Double(mostRate) ? $0 : nil }
      }),
    help:
      "requests per second, sent even if answers are late: an open loop; with --traffic, the mean of the shape"
  )
  private static let arrivals = Option<ArrivalSchedule.Arrivals>(
    "arrivals", "KIND", .choice(of: [.poisson, .constant]),
    help: "gaps between requests: poisson (random) or constant (default: poisson)")
  private static let connections = Option<Int>(
    "connections", "COUNT", .count(in: 1...LoadSettings.mostConnections, example: "32"),
    help:
      "simultaneous connections; with --rate, the maximum (default: \(LoadSettings.defaultConnections)); without, a closed "
      + "loop: each sends its next request when the last one is answered")
  private static let paths = Option<String>(
    "paths", "PATH[=WEIGHT],…", .text("paths and their weights", example: "/api/1e6=3,/healthcheck"),
    help: "paths to request, in random order (default: the URL's); each answer to /api/N is checked")
  private static let method = Option<LoadMethod>(
    "method", "METHOD", .choice(of: LoadMethod.allCases),
    help: "GET, or POST without a body, which succeeds with any status from 200 to 299 (default: GET)")
  private static let newConnections = Flag("new-connections", help: "open a connection for each request")
  private static let seconds = Option<Seconds>(
    "seconds", "SECONDS", .seconds(in: 0.001...86_400, example: "10"),
    help: "measured time (default: 10; with --traffic, its length)")
  private static let warmUp = Option<Seconds>(
    "warmup", "SECONDS", .seconds(in: 0...3600, example: "1"),
    help: "warm-up before it, discarded (default: 1)")
  private static let threads = Option<Int>(
    "threads", "COUNT", .count(in: 1...LoadSettings.mostThreads, example: "2"),
    help: "threads that send (default: half of the CPUs)")
  private static let seed = Option<UInt64>(
    "seed", "NUMBER", .wholeNumber(in: 0...UInt64.max, example: "1"),
    help: "seed of the arrivals and of the order of the paths (default: 1)")
  private static let remote = Flag(
    "remote", help: "allow another machine as the host; load only servers that you may load")
  private static let histogram = Option<String>(
    "hgrm", "FILE", .text("a file name", example: "latency.hgrm"),
    help: "also write the latencies in HdrHistogram's format, for its plotter")
}
