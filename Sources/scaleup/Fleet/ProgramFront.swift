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
  /// The time that the program has to end.
  private static let endLimit: UInt64 = 300_000_000

  let port: Int
  /// The name in messages, such as `the balancer`.
  private let name: String
  private var program: FleetProcess
  private var hasEnded = false

  /// Starts a program, and waits until it is ready.
  ///
  /// - Throws: `FleetFailure`, `SystemError`.
  init(_ name: String, _ path: String, _ arguments: [String]) throws {
    self.name = name
    var program = try FleetProcess(path, arguments, hasInput: true)
    do {
      let line = try Self.line(of: &program, name, within: Self.startLimit)
      let record = try JSON.decode(ServiceRecord.self, from: line)
      if let contradiction = record.contradiction {
        throw FleetFailure(description: "\(name) printed a line that \(contradiction)")
      }
      port = record.port
    } catch {
      program.child.killGroup()
      _ = try? program.child.reap()
      if let error = error as? JSON.ReadError {
        throw FleetFailure(description: "\(name) printed a line that \(error)")
      }
      throw error
    }
    self.program = program
  }

  mutating func add(_ name: String, address: String, port: Int) throws {
    try send(.add(name, address: address, port: port))
  }

  mutating func drain(_ name: String) throws { try send(.drain(name)) }

  mutating func remove(_ name: String) throws { try send(.remove(name)) }

  mutating func status() throws -> FrontStatus {
    try send(.status)
    let line = try Self.line(of: &program, name, within: Self.answerLimit)
    do throws(JSON.ReadError) {
      return try JSON.decode(FrontStatus.self, from: line)
    } catch {
      throw FleetFailure(description: "\(name) printed a status that \(error)")
    }
  }

  mutating func shutDown() {
    if hasEnded { return }
    hasEnded = true
    program.closeInput()
    let deadline = Clock.monotonic.now() + Self.endLimit
    while Clock.monotonic.now() < deadline {
      if let ended = try? program.reapIfEnded(), ended.status == .exited(0) { return }
      if program.streams.isEmpty {
        Clock.sleep(until: Clock.monotonic.now() + 1_000_000)
      } else if (try? program.wait(for: 10_000_000)) == nil {
        break
      }
    }
    program.child.killGroup()
    _ = try? program.child.reap()
  }

  private mutating func send(_ command: FrontCommand) throws {
    do throws(SystemError) {
      try program.input?.write(Array("\(command)\n".utf8))
    } catch  where error.isBrokenPipe {
      throw try Self.failure(of: &program, name)
    }
  }

  /// Waits for the next line.
  private static func line(of program: inout FleetProcess, _ name: String, within limit: UInt64) throws
    -> String
  {
    let deadline = Clock.monotonic.now() + limit
    while true {
      if let line = program.nextLine() { return line }
      if !program.isOpen { throw try failure(of: &program, name) }
      let now = Clock.monotonic.now()
      if now >= deadline {
        throw FleetFailure(description: "\(name) did not answer within \(limit / 1_000_000_000) s")
      }
      try program.wait(for: deadline - now)
    }
  }

  /// Returns the error of a program that has closed its streams: the way it ended, after its last words.
  private static func failure(of program: inout FleetProcess, _ name: String) throws -> FleetFailure {
    let deadline = Clock.monotonic.now() + endLimit
    while try !program.child.hasEnded(), Clock.monotonic.now() < deadline {
      Clock.sleep(until: Clock.monotonic.now() + 1_000_000)
    }
    let hasEnded = try program.child.hasEnded()
    while !program.streams.isEmpty, try !poll(program.streams, for: 0).isEmpty { try program.wait(for: 0) }
    return FleetFailure(
      description: "\(name) \(hasEnded ? "ended" : "closed its output")\(program.lastWords)")
  }
}
