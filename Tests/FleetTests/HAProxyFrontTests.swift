import Foundation
import Platform
import Records
import Synchronization
import TestSupport
import Testing

@testable import Fleet

/// The real HAProxy, before small servers.
@Suite(.enabled(if: HAProxyFront.path() != nil, "haproxy is not installed"))
struct HAProxyFrontTests {
  /// Checks that are frequent, so that a test waits for few milliseconds, and never let a server in by their number.
  private static let frequent = HAProxyConfiguration(
    check: HealthCheckSettings(interval: 20_000_000, rise: 1_000_000, fall: 2))

  @Test("requests go to both instances in turns, to no drained one, and a removed one is forgotten")
  func balancing() throws {
    let (first, second) = (try Instance("a"), try Instance("b"))
    let front = try HAProxyFront(Self.frequent)
    try front.add("i-1", address: "127.0.0.1", port: first.port)
    try front.add("i-2", address: "127.0.0.1", port: second.port)
    try Self.wait(for: [.healthy, .healthy], of: front)
    let answers = try (1...10).map { _ in try get("/", from: front) }
    #expect(Set(answers) == ["200 a", "200 b"])
    #expect(answers.count { $0 == "200 a" } == 5)
    // HAProxy counts an answer when it is through, which can be after the client has it.
    try waitUntil("ten answers are counted") { try front.status().answered == 10 }
    let status = try front.status()
    #expect((status.requests, status.failed) == (10, 0))
    #expect(status.targets.map(\.answered) == [5, 5])
    #expect(status.cpuTime.map { $0 > 0 } ?? true)

    try front.drain("i-1")
    #expect(try (1...4).map { _ in try get("/", from: front) } == Array(repeating: "200 b", count: 4))
    try Self.wait(for: [.drained, .healthy], of: front)
    try front.remove("i-1")
    #expect(try front.status().targets.map(\.name) == ["i-2"])
    try front.add("i-1", address: "127.0.0.1", port: first.port)
    try Self.wait(for: [.healthy, .healthy], of: front)
    try waitUntil("fourteen answers are counted") { try front.status().answered == 14 }
  }

  @Test(
    "an instance gets nothing before its first good check, and clients get 503 as long as there is no other")
  func firstCheck() throws {
    let instance = try Instance("a", isHealthy: false)
    let front = try HAProxyFront(Self.frequent)
    try front.add("i-1", address: "127.0.0.1", port: instance.port)
    try waitUntil("a check has failed") { try front.status().targets.first?.problem != nil }
    let target = try #require(try front.status().targets.first)
    #expect(target.state == .starting)
    #expect(target.problem?.hasPrefix("Layer7 wrong status") == true)
    #expect(try get("/", from: front).hasPrefix("503"))
    try waitUntil("the failure is counted") { try front.status().failed == 1 }
    #expect(instance.requests == 0)

    instance.isHealthy = true
    try Self.wait(for: [.healthy], of: front)
    #expect(try get("/", from: front) == "200 a")
    #expect(try front.status().targets.first?.problem == nil)
  }

  @Test("an instance whose checks fail is unhealthy with the reason, and healthy again when they succeed")
  func unhealthy() throws {
    let instance = try Instance("a")
    let front = try HAProxyFront(
      HAProxyConfiguration(check: HealthCheckSettings(interval: 20_000_000, rise: 2, fall: 2)))
    try front.add("i-1", address: "127.0.0.1", port: instance.port)
    try Self.wait(for: [.healthy], of: front)
    instance.isHealthy = false
    try Self.wait(for: [.unhealthy], of: front)
    let target = try #require(try front.status().targets.first)
    #expect(target.problem?.hasPrefix("Layer7 wrong status") == true)
    #expect(target.since > 0)
    instance.isHealthy = true
    try Self.wait(for: [.healthy], of: front)
  }

  @Test("an instance with a request in hand is draining; removing it fails the request with 502")
  func requestInHand() throws {
    let instance = try Instance("a")
    let front = try HAProxyFront(Self.frequent)
    try front.add("i-1", address: "127.0.0.1", port: instance.port)
    try Self.wait(for: [.healthy], of: front)
    let connection = try ask("/hold", of: front)
    try waitUntil("the request is in hand") { try front.status().targets.first?.inFlight == 1 }
    try front.drain("i-1")
    #expect(try front.status().targets.map(\.state) == [.draining])
    try front.remove("i-1")
    #expect(try front.status().targets.isEmpty)
    #expect(try answer(on: connection).hasPrefix("502"))
    try waitUntil("the failure is counted") { try front.status().failed == 1 }
  }

  @Test("after HAProxy is killed, every call says so and nothing of it is left")
  func killed() throws {
    var front: HAProxyFront? = try HAProxyFront()
    let (child, directory) = (try #require(front?.child), try #require(front?.directory))
    child.kill()
    try waitUntil("HAProxy has ended") { try child.hasEnded() }
    #expect(throws: HAProxyError.ended(.signaled(SIGKILL))) { try front?.status() }
    #expect(throws: HAProxyError.ended(.signaled(SIGKILL))) {
      try front?.add("i-1", address: "127.0.0.1", port: 1)
    }
    #expect(front?.end()?.status == .signaled(SIGKILL))
    front = nil
    #expect(!File.exists(directory))
  }

  @Test("an HAProxy that is ended leaves no process, no directory and a free port")
  func end() throws {
    var front: HAProxyFront? = try HAProxyFront()
    let (port, child) = (try #require(front?.port), try #require(front?.child))
    let directory = try #require(front?.directory)
    #expect(File.exists(directory))
    #expect(front?.end() != nil)
    #expect(kill(child.identifier, 0) == -1)
    _ = try Listener(address: "127.0.0.1", port: port)
    front = nil
    #expect(!File.exists(directory))
  }

  @Test("a command that HAProxy refuses is an error with HAProxy's message")
  func refused() throws {
    let front = try HAProxyFront()
    try front.add("i-1", address: "127.0.0.1", port: 1)
    #expect { try front.add("i-1", address: "127.0.0.1", port: 1) } throws: {
      "\($0)".contains("Already exists a server with the same name")
    }
    #expect { try front.drain("i-2") } throws: { "\($0)".contains("No such server") }
    #expect(throws: HAProxyError.invalidName("i-1; show info")) { try front.remove("i-1; show info") }
    #expect(throws: HAProxyError.invalidName("")) { try front.add("", address: "127.0.0.1", port: 1) }
    #expect(throws: HAProxyError.invalidAddress("localhost")) {
      try front.add("i-2", address: "localhost", port: 1)
    }
    #expect(try front.status().targets.map(\.name) == ["i-1"])
  }

  @Test("a taken port, invalid settings and a program other than HAProxy are errors with the reason")
  func notStarted() throws {
    let taken = try Listener(address: "127.0.0.1", port: 0)
    #expect { try HAProxyFront(port: taken.port) } throws: { "\($0)".contains("Address already in use") }
    let invalid = HAProxyConfiguration(check: HealthCheckSettings(path: "/up\nbogus"))
    #expect { try HAProxyFront(invalid) } throws: {
      "\($0)".contains("did not start: it exited with status 1: [ALERT]")
    }
    #expect(throws: HAProxyError.notInstalled("no-haproxy")) { try HAProxyFront(program: "no-haproxy") }
    #expect { try HAProxyFront(program: "/bin/echo") } throws: { "\($0)".contains("is not HAProxy") }
    let (folder, old) = try Self.stub("echo HAProxy version 2.4.22 2023/02/14")
    defer { withExtendedLifetime(folder) {} }
    #expect { try HAProxyFront(program: old) } throws: { "\($0)".contains("HAProxy 2.4.22 is too old") }
  }

  /// Creates a folder with a program `stub`.
  private static func stub(_ script: String) throws -> (folder: TemporaryDirectory, path: String) {
    let folder = try TemporaryDirectory(prefix: "haproxy-test")
    let path = "\(folder.path)/stub"
    try folder.create("stub").write(Array("#!/bin/sh\n\(script)\n".utf8))
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
    return (folder, path)
  }

  @Test(
    "a program that never answers -v is not said to be another one", arguments: ["", "printf 'HAProxy '; "])
  func silentProgram(before: String) throws {
    let (folder, path) = try Self.stub("\(before)exec sleep 1000")
    defer { withExtendedLifetime(folder) {} }
    let error = HAProxyError.noVersion(path, seconds: 1)
    #expect(throws: error) { try HAProxyVersion.supported(at: path, within: 1_000_000_000) }
    #expect("\(error)".contains("did not answer -v within 1 s"))
  }

  @Test("the wait for the version of a program ends when someone asks for it")
  func interruptedVersion() throws {
    let (folder, path) = try Self.stub("exec sleep 1000")
    defer { withExtendedLifetime(folder) {} }
    #expect(throws: HAProxyError.interrupted) { try HAProxyFront(program: path, unless: { true }) }
  }

  private static func wait(for states: [FrontStatus.State], of front: HAProxyFront) throws {
    try waitUntil("the instances are \(states)") { try front.status().targets.map(\.state) == states }
  }
}

/// A server that answers with its name, and checks as the test says.
private final class Instance {
  private let server: ScriptedServer
  private let health: Health

  private final class Health: Sendable {
    let isGood: Atomic<Bool>
    let requests = Atomic<Int>(0)
    init(_ isGood: Bool) { self.isGood = Atomic(isGood) }
  }

  init(_ name: String, isHealthy: Bool = true) throws {
    let health = Health(isHealthy)
    self.health = health
    server = try ScriptedServer { request in
      switch request.path {
      case "/healthcheck":
        let status = health.isGood.load(ordering: .acquiring) ? "200 OK" : "500 Internal Server Error"
        return [.send(ScriptedServer.answer("", status: status)), .close]
      case "/hold": return []
      default:
        health.requests.add(1, ordering: .acquiringAndReleasing)
        return [.send(ScriptedServer.answer(name))]
      }
    }
  }

  var port: Int { server.port }
  /// The number of requests that were not checks.
  var requests: Int { health.requests.load(ordering: .acquiring) }
  var isHealthy: Bool {
    get { health.isGood.load(ordering: .acquiring) }
    set { health.isGood.store(newValue, ordering: .releasing) }
  }
}

/// Sends a request over a new connection.
private func ask(_ path: String, of front: HAProxyFront) throws -> Descriptor {
  let connection = try Descriptor.connecting(to: "127.0.0.1", port: front.port)
  try #require(connection.waitUntilWritable(atMost: 30_000_000_000))
  let request = Array("GET \(path) HTTP/1.1\r\nHost: fleet\r\nConnection: close\r\n\r\n".utf8)
  #expect(request.withUnsafeBytes { connection.send($0) } == .bytes(request.count))
  return connection
}

/// Returns the status and the body of the answer, such as `200 a`.
private func answer(on connection: Descriptor) throws -> String {
  try connection.receiveWaiting(atMost: 30_000_000_000)
  var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 4096))
  while case .bytes(let count) = buffer.withUnsafeMutableBytes({ connection.receive(into: $0, waits: true) })
  {
    bytes += buffer.prefix(count)
  }
  let text = String(decoding: bytes, as: UTF8.self)
  let body = text.split(separator: "\r\n\r\n", maxSplits: 1).dropFirst().joined()
  return "\(text.split(separator: " ").dropFirst().first ?? "") \(body)"
}

private func get(_ path: String, from front: HAProxyFront) throws -> String {
  try answer(on: ask(path, of: front))
}
