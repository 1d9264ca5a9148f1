import Fleet
import Formatting
import Platform
import Records

/// A front that the fleet has started, and ends.
protocol StartedFront: FleetFront {
  /// The name and version for the record; `nil` for those of the arguments.
  var title: String? { get }

  /// Returns the state of the front and its targets, for which it has so many nanoseconds.
  mutating func status(within limit: UInt64) throws -> FrontStatus

  /// Stops it until it is resumed: meanwhile it does nothing, and nothing counts as a failed check.
  mutating func pause()

  /// Continues it after a pause.
  mutating func resume()

  /// Ends it within half a second.
  mutating func shutDown()
}

/// The reason that a fleet cannot start or go on, as one line.
struct FleetFailure: Error, Equatable, CustomStringConvertible {
  let description: String
}

/// The end of a wait for a front, because someone asked the fleet to end.
struct FrontInterruption: Error {}

extension HAProxyFront: StartedFront {
  var title: String? { "HAProxy \(version)" }

  func shutDown() { end() }
}

extension FleetPlan {
  /// Starts the front: a balancer or a queue.
  ///
  /// - Parameter isInterrupted: Returns whether someone asked the fleet to end, which ends every wait for the front.
  /// - Throws: `FleetFailure`, `FrontInterruption`, `SystemError`.
  func startFront(unless isInterrupted: @escaping () -> Bool) throws -> any StartedFront {
    let program = "\(directory)/scaleup"
    if let queue = arguments.front.jobs.queue { return try startQueue(queue, program, unless: isInterrupted) }
    switch arguments.front.balancer {
    case .builtIn:
      return try ProgramFront(
        "the balancer", program,
        ["balance", "--control", "--port", "\(arguments.front.port)"] + checkOptions
          + ["--balancing", arguments.front.balancing.rawValue, "--json", "--quiet"], unless: isInterrupted)
    case .haproxy:
      do throws(HAProxyError) {
        return try HAProxyFront(
          haproxyConfiguration, port: arguments.front.port, unless: isInterrupted)
      } catch .interrupted {
        throw FrontInterruption()
      } catch {
        throw FleetFailure(description: "\(error)")
      }
    }
  }

  private var haproxyConfiguration: HAProxyConfiguration {
    let front = arguments.front
    return HAProxyConfiguration(
      balance: front.balancing == .roundRobin ? .roundRobin : .leastConnections,
      check: HealthCheckSettings(
        interval: front.checkInterval, timeout: front.checkTimeout, rise: front.rise, fall: front.fall))
  }

  private func startQueue(
    _ queue: FleetJobArguments.Queue, _ program: String, unless isInterrupted: @escaping () -> Bool
  ) throws -> any StartedFront {
    let storage: [String]
    switch queue {
    case .embedded:
      let journal = arguments.front.jobs.journal
      if let end = journal.lastIndex(of: "/"), end != journal.startIndex {
        try File.createDirectory(String(journal[..<end]))
      }
      storage = ["--journal", journal]
    case .redis(let address): storage = ["--redis", address]
    }
    let common = ["jobs", "--control", "--port", "\(arguments.front.port)"] + checkOptions
    do {
      return try ProgramFront(
        "the queue", program,
        common + storage + [
          "--in-hand", "\(arguments.instances.workers)", "--timeout",
          Self.seconds(arguments.front.jobs.timeout),
          "--json", "--quiet",
        ], unless: isInterrupted)
    } catch let failure as FleetFailure {
      // The fleet has another option for the address of Redis.
      throw FleetFailure(
        description: failure.description.replacing("leave out --redis", with: "leave out --queue"))
    }
  }

  /// The options of the health checks.
  private var checkOptions: [String] {
    let front = arguments.front
    return [
      "--check-interval", Self.seconds(front.checkInterval), "--check-timeout",
      Self.seconds(front.checkTimeout), "--rise", "\(front.rise)", "--fall", "\(front.fall)",
    ]
  }

  private static func seconds(_ time: UInt64) -> String { Readable.fixed(Double(time) / 1e9, decimals: 3) }

  /// Checks that nothing listens on the port for clients.
  ///
  /// - Throws: `CommandFailure`.
  func checkPort() throws(CommandFailure) {
    if arguments.front.port == 0 { return }
    do throws(SystemError) {
      _ = try Listener(address: "127.0.0.1", port: arguments.front.port)
    } catch {
      throw CommandFailure(message: "\(error) (end the other program, or try --port 0)", status: 64)
    }
  }
}
