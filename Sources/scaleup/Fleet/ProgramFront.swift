import Fleet
import Harness
import Platform
import Records

/// A front that is a program of the suite, which reads commands from its standard input and answers on its standard output.
struct ProgramFront: StartedFront {
  /// The time that the program has to be ready, in nanoseconds.
  private static let startLimit: UInt64 = 10_000_000_000
  /// The time that the program has to answer.
  private static let answerLimit: UInt64 = 5_000_000_000
  /// The time between two looks whether someone asked the fleet to end.
  private static let interruptionInterval: UInt64 = 50_000_000
  /// The time that the program has to end.
  private static let endLimit: UInt64 = 300_000_000

  let port: Int
  var title: String? { nil }
  /// The name in messages, such as `the balancer`.
  private let name: String
  /// Whether someone asked the fleet to end, which ends every wait.
  private let isInterrupted: () -> Bool
  private var program: FleetProcess
  private var hasEnded = false

  /// Starts a program, and waits until it is ready.
  ///
  /// - Throws: `FleetFailure`, `FrontInterruption`, `SystemError`.
  init(
    _ name: String, _ path: String, _ arguments: [String],
    unless isInterrupted: @escaping () -> Bool = { false }
  ) throws {
    (self.name, self.isInterrupted) = (name, isInterrupted)
    var program = try FleetProcess(path, arguments, hasInput: true)
    do {
      port = try Self.readyPort(of: &program, name, unless: isInterrupted)
    } catch {
      program.kill()
      throw error
    }
    self.program = program
  }

  private static func readyPort(
    of program: inout FleetProcess, _ name: String, unless isInterrupted: () -> Bool
  ) throws -> Int {
    let line = try line(of: &program, name, within: startLimit, unless: isInterrupted)
    let record = try decode(ServiceRecord.self, from: line, of: name)
    if let contradiction = record.contradiction {
      throw FleetFailure(description: "\(name) printed a line that \(contradiction)")
    }
    return record.port
  }

  mutating func add(_ name: String, address: String, port: Int) throws {
    try send(.add(name, address: address, port: port))
  }

  mutating func drain(_ name: String) throws { try send(.drain(name)) }

  mutating func remove(_ name: String) throws { try send(.remove(name)) }

  mutating func status() throws -> FrontStatus { try status(within: Self.answerLimit) }

  mutating func status(within limit: UInt64) throws -> FrontStatus {
    try send(.status)
    let line = try Self.line(of: &program, name, within: limit, unless: isInterrupted)
    return try Self.decode(FrontStatus.self, from: line, of: name)
  }

  private static func decode<Record: Decodable>(
    _ type: Record.Type, from line: String, of name: String
  ) throws -> Record {
    do {
      return try JSON.decode(type, from: line)
    } catch {
      throw FleetFailure(description: "\(name) printed a line that \(error)")
    }
  }

  mutating func pause() { program.child.stopGroup() }

  mutating func resume() { program.child.continueGroup() }

  mutating func shutDown() {
    if hasEnded { return }
    hasEnded = true
    program.closeInput()
    let deadline = Clock.monotonic.now() + Self.endLimit
    while Clock.monotonic.now() < deadline {
      if (try? program.reapIfEnded()) != nil { return }
      if program.streams.isEmpty {
        Clock.sleep(until: Clock.monotonic.now() + 1_000_000)
      } else if (try? program.wait(for: 10_000_000)) == nil {
        break
      }
    }
    program.kill()
  }

  private mutating func send(_ command: FrontCommand) throws {
    guard let input = program.input else { return }
    do throws(SystemError) {
      try input.write(Array("\(command)\n".utf8))
    } catch {
      if error.isBrokenPipe { throw try Self.failure(of: &program, name) }
      throw error
    }
  }

  /// Waits for the next line.
  private static func line(
    of program: inout FleetProcess, _ name: String, within limit: UInt64, unless isInterrupted: () -> Bool
  ) throws -> String {
    let deadline = Clock.monotonic.now() + limit
    while true {
      if let line = program.nextLine() { return line }
      if !program.isOpen { throw try failure(of: &program, name) }
      let now = Clock.monotonic.now()
      if now >= deadline {
        throw FleetFailure(description: "\(name) did not answer within \(limit / 1_000_000_000) s")
      }
      if isInterrupted() { throw FrontInterruption() }
      try program.wait(for: min(deadline - now, interruptionInterval))
    }
  }

  /// Returns the error of a program that has closed its streams: the way it ended, with its last words if it exited with an error.
  /// The last line of a program that was killed is a notice about something else.
  private static func failure(of program: inout FleetProcess, _ name: String) throws -> FleetFailure {
    let deadline = Clock.monotonic.now() + endLimit
    var ended = try program.reapIfEnded()
    while ended == nil, Clock.monotonic.now() < deadline {
      Clock.sleep(until: Clock.monotonic.now() + 1_000_000)
      ended = try program.reapIfEnded()
    }
    guard let ended else { return FleetFailure(description: "\(name) closed its output") }
    let isError = ended.status != .exited(0) && ended.status.signalName == nil
    return FleetFailure(description: "\(name) \(ended.reason())\(isError ? program.lastWords : "")")
  }
}
