import Arguments
import Harness
import Platform
import Records

/// The arguments that set the requests of the workload `serve`; `nil` is the default or that of a baseline.
struct TrafficArguments {
  private let path: String?
  private let rate: Double?
  private let connections: Int?
  private let generator: OtherGenerator?

  private static let longestPath = 1000
  private static let mostConnections = 10_000

  static let path = path(default: "/")

  /// Returns `--path`.
  static func path(default standard: String) -> Option<String> {
    Option(
      "path", "PATH", pathReader,
      help: "path of every request: / or, for work, /api/1e6 (default: \(standard))")
  }

  private static let pathReader = Reader<String>(
    expected: "a path of visible ASCII characters that begins with /", example: "/api/1e6",
    parse: { text in
      let isVisible = text.utf8.allSatisfy { 0x21...0x7E ~= $0 && $0 != UInt8(ascii: "#") }
      return text.hasPrefix("/") && isVisible && text.utf8.count <= longestPath ? text : nil
    })

  private static let rate = Option<Double>(
    "rate", "NUMBER",
    Reader(
      expected: "a number of requests per second from 0.1 to 10000000", example: "20000",
      parse: { Double($0).flatMap { (0.1...10_000_000).contains($0) ? $0 : nil } }),
    help: "requests per second (default: half of what the slowest configuration can answer)")

  static let connections = Option<Int>(
    "connections", "COUNT", .count(in: 1...mostConnections, example: "32"),
    help: "connections of the load generator, at most (default: \(Traffic().connections))")

  private static let generator = Option<OtherGenerator>(
    "generator", "NAME", .choice(of: OtherGenerator.allCases),
    help: "send with wrk or ab instead of scaleup load: throughput only, as fast as answers come")

  init(_ line: inout ArgumentLine) throws(UsageError) {
    path = line.value(of: Self.path)
    rate = line.value(of: Self.rate)
    connections = line.value(of: Self.connections)
    generator = line.value(of: Self.generator)
    if let generator, rate != nil {
      throw .other(
        "--rate contradicts --generator \(generator.rawValue), which sends as fast as answers come (leave one out)"
      )
    }
  }

  /// Returns the requests that the arguments express.
  ///
  /// - Parameters:
  ///   - workloads: The chosen workloads.
  ///   - baseline: The requests of a run to compare with; they are the default.
  /// - Throws: `UsageError` if there is no server to send them to; `CommandFailure` if the generator is not installed.
  func traffic(
    for workloads: [ModelDescription.Workload], baseline: Traffic?
  ) throws -> Traffic {
    let given = [
      (path != nil, "path"), (rate != nil, "rate"), (connections != nil, "connections"),
      (generator != nil, "generator"),
    ]
    if let option = given.first(where: \.0)?.1,
      !workloads.contains(where: { $0.name == ModelDescription.Workload.serve.name })
    {
      throw UsageError.other(
        "--\(option) has no effect without --workload serve (add it, or leave --\(option) out)")
    }
    let standard = baseline ?? Traffic()
    var traffic = Traffic(
      path: path ?? standard.path, rate: rate, connections: connections ?? standard.connections,
      generator: generator?.rawValue ?? (rate == nil ? standard.generator : nil))
    // Another path or number of connections is other work, and has its own rate.
    if rate == nil, traffic == Traffic(path: standard.path, connections: standard.connections) {
      traffic.rate = standard.rate
    }
    try Self.requireInstalled(traffic.generator)
    return traffic
  }

  private static func requireInstalled(_ name: String?) throws(CommandFailure) {
    guard let generator = name.flatMap(OtherGenerator.init(rawValue:)),
      generator.path(in: ThisProcess.environment("PATH") ?? "") == nil
    else { return }
    throw CommandFailure(
      message: "\(generator.rawValue) is not installed (install the package \(generator.package))",
      status: UsageError.exitStatus)
  }
}
