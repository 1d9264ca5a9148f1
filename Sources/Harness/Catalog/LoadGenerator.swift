import Formatting
import Platform
import Records

/// The load generator of service trials, `scaleup load`, and the CPUs that it keeps apart from a server's.
public struct LoadGenerator: Equatable, Sendable {
  /// The path of the executable.
  private let path: String
  /// The CPUs of a server with one worker and of the generator; `nil` if both share all CPUs.
  private let apart: (server: Int, generator: Int)?

  /// Makes a generator.
  ///
  /// - Parameters:
  ///   - path: The path of the executable whose subcommand `load` it is.
  ///   - topology: The CPUs that the run may use; `nil` if the system does not list them.
  ///   - effectiveCPUs: The number of CPUs that the run can keep busy.
  public init(path: String, on topology: Topology?, effectiveCPUs: Int) {
    self.path = path
    // Physical cores first: two hardware threads of a core slow each other down.
    let cpus = effectiveCPUs > 1 ? (try? Placement.cores.cpus(of: 2, on: topology)) ?? [] : []
    apart = Set(cpus).count > 1 ? (cpus[0], cpus[1]) : nil
  }

  /// Returns the CPUs of the server and of the generator in a trial; empty lists if both share all CPUs.
  func cpus(of configuration: Configuration) -> (server: [Int], generator: [Int]) {
    guard configuration.workers == 1, let apart else { return ([], []) }
    return ([apart.server], [apart.generator])
  }

  /// Returns the generator to start against a service.
  ///
  /// - Parameters:
  ///   - duration: The measured time in nanoseconds.
  ///   - options: Further options.
  ///   - cpus: The CPUs that it may use; empty for those of this process.
  func launch(
    _ traffic: Traffic, for duration: UInt64, against service: ServiceRecord, options: [String] = [],
    on cpus: [Int] = []
  ) -> Launch {
    let url = "http://\(socketName(service.address, service.port))\(traffic.path)"
    if let name = traffic.generator, let other = OtherGenerator(rawValue: name) {
      return Launch(
        path: other.path(in: ThisProcess.environment("PATH") ?? "") ?? name,
        arguments: other.arguments(
          url: url, connections: traffic.connections, duration: OtherGenerator.duration(atLeast: duration)),
        withheld: .runtimes, cpus: cpus, output: .captured(limit: 1 << 16))
    }
    var arguments = ["load", url]
    if let rate = traffic.rate {
      let text = rate == rate.rounded() ? Readable.fixed(rate, decimals: 0) : "\(rate)"
      arguments += ["--rate", text, "--arrivals", "poisson"]
    }
    arguments += ["--connections", "\(traffic.connections)"]
    arguments += [
      "--seconds", Self.seconds(duration), "--warmup", Self.seconds(Traffic.warmUp(of: duration)),
    ]
    return Launch(
      path: path, arguments: arguments + options + ["--json"], withheld: .runtimes, cpus: cpus,
      // Three histograms, of at most 34,000 buckets each, and a line per worker.
      output: .captured(limit: 1 << 22))
  }

  private static func seconds(_ nanoseconds: UInt64) -> String {
    Readable.fixed(Double(nanoseconds) / 1e9, decimals: 9)
  }

  /// Returns whether two generators are alike.
  public static func == (one: Self, other: Self) -> Bool {
    one.path == other.path && one.apart?.server == other.apart?.server
      && one.apart?.generator == other.apart?.generator
  }
}
