import Fleet
import Foundation
import HTTP
import Platform
import Records
import Synchronization
import TestSupport
import Testing

/// A balancer on a thread of its own, driven over pipes as a fleet drives it.
final class RunningBalancer {
  let port: Int
  private var input: Platform.Pipe?
  private let output: Platform.Pipe
  private let thread: Platform.Thread
  private let result: Outcome
  private var received: [UInt8] = []
  private var hasJoined = false

  private final class Outcome: Sendable {
    let error = Mutex<String?>(nil)
    let hasEnded = Atomic<Bool>(false)
  }

  /// Settings whose health checks happen once, so that no test depends on how fast they are answered.
  static var settings: BalancerSettings {
    var settings = BalancerSettings()
    settings.balancing = .roundRobin
    settings.check = HealthCheckSettings(interval: 3_600_000_000_000, timeout: 60_000_000_000)
    return settings
  }

  /// Starts a balancer, and waits until its targets, named `a`, `b` and so on, are healthy.
  init(
    _ targets: [StandInTarget] = [], settings: BalancerSettings = RunningBalancer.settings,
    awaitsHealth: Bool = true
  ) throws {
    let listener = try Listener(address: "127.0.0.1", port: 0)
    let (input, output, result) = (try Platform.Pipe(), try Platform.Pipe(), Outcome())
    port = listener.port
    (self.input, self.output, self.result) = (input, output, result)
    let reader = input.reader
    thread = try Platform.Thread {
      do {
        let balancer = try Balancer(listener, address: "127.0.0.1", settings: settings)
        try balancer.takeCommands(from: reader, named: "a pipe") {
          try? output.writer.write(Array(($0 + "\n").utf8))
        }
        try balancer.run()
      } catch {
        result.error.withLock { $0 = "\(error)" }
      }
      result.hasEnded.store(true, ordering: .releasing)
      try? output.writer.write(Array("\n".utf8))
    }
    for (index, target) in targets.enumerated() {
      try send(.add(Self.name(index), address: "127.0.0.1", port: target.port))
    }
    if awaitsHealth {
      try waitUntil("all targets are healthy") { try status().targets.allSatisfy { $0.state == .healthy } }
    }
  }

  deinit {
    input = nil
    if !hasJoined { thread.join() }
  }

  private static func name(_ index: Int) -> String { String("abcdefgh".dropFirst(index).prefix(1)) }

  func send(_ command: FrontCommand) throws { try send("\(command)") }

  func send(_ line: String) throws { try input?.writer.write(Array((line + "\n").utf8)) }

  /// Ends the balancer's input, which ends it in order.
  func endInput() { input = nil }

  var hasEnded: Bool { result.hasEnded.load(ordering: .acquiring) }

  /// Waits for its end, and returns the error, if there was one.
  func outcome() throws -> String? {
    try waitUntil("the balancer has ended") { hasEnded }
    thread.join()
    hasJoined = true
    return result.error.withLock { $0 }
  }

  func status() throws -> FrontStatus {
    try send(.status)
    let line = try line()
    return try JSONDecoder().decode(FrontStatus.self, from: Data(line.utf8))
  }

  func target(_ name: String) throws -> FrontStatus.Target {
    try #require(try status().targets.first { $0.name == name })
  }

  private func line() throws -> String {
    while true {
      if let end = received.firstIndex(of: 10) {
        defer { received.removeFirst(end + 1) }
        return String(decoding: received[..<end], as: UTF8.self)
      }
      received += try output.reader.read(atMost: 65536)
    }
  }
}

/// A client of a balancer, which sends what a test likes, byte for byte.
final class BalancerClient {
  /// An answer.
  struct Answer {
    let status: Int
    /// The value of X-Served-By.
    let servedBy: String?
    let bytes: [UInt8]
    let keepsAlive: Bool

    /// The body as text.
    var body: String { String(decoding: bytes, as: UTF8.self) }
  }

  let descriptor: Descriptor
  private(set) var received: [UInt8] = []
  private var parser = ResponseParser(limits: limits, header: "X-Served-By", keepsBody: true)
  private var hasEnded = false
  /// Whether the connection broke instead of ending in order.
  private(set) var isBroken = false

  private static var limits: ResponseLimits { ResponseLimits() }

  init(_ balancer: RunningBalancer) throws {
    descriptor = try Descriptor.connecting(to: "127.0.0.1", port: balancer.port)
    try #require(descriptor.waitUntilWritable(atMost: 30_000_000_000))
    try #require(descriptor.connectionError() == 0)
  }

  func send(_ text: String) throws { try send(Array(text.utf8)) }

  func send(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      switch rest.withUnsafeBytes({ descriptor.send($0) }) {
      case .bytes(let count): rest = rest.dropFirst(count)
      case .wouldBlock: try #require(descriptor.waitUntilWritable(atMost: 30_000_000_000))
      case .ended: return
      }
    }
  }

  /// Returns a request for a path.
  static func text(_ path: String, method: String = "GET", headers: String = "") -> String {
    "\(method) \(path) HTTP/1.1\r\nHost: test\r\n\(headers)\r\n"
  }

  /// Sends a request, and returns its answer.
  func get(_ path: String, method: String = "GET", headers: String = "") throws -> Answer {
    try send(Self.text(path, method: method, headers: headers))
    return try answer(to: method == "HEAD" ? .head : .get)
  }

  /// Waits for the next answer.
  func answer(to method: HTTP.Method = .get) throws -> Answer {
    while true {
      switch parser.parse(received.span.bytes, answering: method) {
      case .response(let response, let consumed):
        received.removeFirst(consumed)
        return answer(response)
      case .needsMore(let kept): received.removeSubrange(kept...)
      case .failure(let error): throw WaitTimeout(description: "\(error)")
      }
      if try !receive() {
        guard !isBroken, case .response(let response, _) = parser.end() else {
          throw WaitTimeout(description: "the connection ended")
        }
        return answer(response)
      }
    }
  }

  private func answer(_ response: Response) -> Answer {
    Answer(
      status: response.status.rawValue, servedBy: response.header,
      bytes: parser.bodyBytes, keepsAlive: response.keepsAlive)
  }

  /// Waits until a text has come, and returns all that has come.
  func receive(upTo text: String) throws -> String {
    while received.firstRange(of: Array(text.utf8)) == nil { try #require(try receive()) }
    return String(decoding: received, as: UTF8.self)
  }

  /// Waits for the end of the connection, and returns what comes until then.
  func rest() throws -> String {
    try waitForEnd()
    return String(decoding: received, as: UTF8.self)
  }

  /// Waits for the end of the connection.
  func waitForEnd() throws {
    while try receive() {}
  }

  private func receive() throws -> Bool {
    if hasEnded { return false }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      try #require(try !poll([descriptor], for: 60_000_000_000).isEmpty, "nothing came")
      switch descriptor.receive(into: buffer) {
      case .bytes(let count):
        received += UnsafeRawBufferPointer(rebasing: buffer[..<count])
        return true
      case .wouldBlock: continue
      case .ended(let code):
        (hasEnded, isBroken) = (true, code != 0)
        return false
      }
    }
  }
}
