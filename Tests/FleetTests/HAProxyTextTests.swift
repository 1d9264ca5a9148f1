import Platform
import Records
import Testing

@testable import Fleet

/// Tests without a running HAProxy: its configuration, recorded statistics, and the states that follow from them.
@Suite struct HAProxyTextTests {
  @Test(
    "the configuration has the settings, whole milliseconds, and a socket in quotes that only its user may open"
  )
  func configuration() {
    let configuration = HAProxyConfiguration(
      balance: .leastConnections,
      check: HealthCheckSettings(path: "/up", interval: 250_500_000, timeout: 1_500_000, rise: 4, fall: 5),
      connectTimeout: 1, transferTimeout: .max, mostConnections: 77)
    let lines = configuration.text(socket: "/tmp/it's/s").split(separator: "\n").map { $0.drop { $0 == " " } }
    for line in [
      #"stats socket '/tmp/it'\''s/s' mode 600 level admin"#, "nbthread 1", "maxconn 77", "mode http",
      "timeout connect 1ms", "timeout server 2147483647ms", "timeout check 2ms", "bind fd@0",
      "balance leastconn", "option httpchk GET '/up'", "http-check expect status 200-399",
    ] {
      #expect(lines.contains(line[...]), "\(line)")
    }
    #expect(configuration.checks == "check inter 251ms rise 4 fall 5")
  }

  @Test("no check overlaps the next: a timeout beyond the interval is shortened to it")
  func checksDoNotOverlap() {
    let check = HealthCheckSettings(interval: 20_000_000, timeout: 250_000_000)
    let text = HAProxyConfiguration(check: check).text(socket: "/s")
    #expect(text.contains("timeout check 20ms\n"))
  }

  @Test("a version is read from what haproxy -v prints, and compared by its numbers")
  func version() throws {
    let version = try #require(
      HAProxyVersion(
        output: "HAProxy version 2.6.12-1+deb12u4 2026/10/17 - https://haproxy.org/\nStatus: x\n"))
    #expect(version.numbers == [2, 6, 12])
    #expect("\(version)" == "2.6.12-1+deb12u4")
    #expect(version.isSupported)
    let older = try #require(HAProxyVersion(output: "HA-Proxy version 1.8.19-1 2019/02/12"))
    #expect(older < version && !older.isSupported)
    #expect(try #require(HAProxyVersion(output: "HAProxy version 2.10.0 2030/01/01")).isSupported)
    for other in ["", "nginx version: nginx/1.22.1", "HAProxy version unknown"] {
      #expect(HAProxyVersion(output: other) == nil, "\(other)")
    }
  }

  @Test("recorded statistics give each server's state, work in hand, responses and last failed check")
  func statistics() throws {
    let busy = try Self.statistics(HAProxyRecording.busy)
    #expect(busy.requests == 17)
    #expect(busy.responses == .init(good: 8, bad: 8))
    #expect(busy.servers.map(\.name) == ["a", "b"])
    #expect(busy.servers.map(\.inFlight) == [1, 0])
    #expect(busy.servers.map(\.responses.good) == [5, 3])
    #expect(busy.servers.allSatisfy { $0.isUp && $0.hasPassed && $0.problem == nil })
    let down = try Self.statistics(HAProxyRecording.down)
    #expect(
      down.servers.map(\.problem) == ["Layer4 connection problem: Connection refused", "Layer7 timeout"])
    #expect(down.servers.allSatisfy { !$0.isUp && !$0.hasPassed })
  }

  @Test("a field in quotation marks keeps its commas and marks")
  func quotedField() throws {
    let text = HAProxyRecording.down.replacing("Connection refused", with: "\"no, \"\"never\"\"\"")
    #expect(
      try Self.statistics(text).servers.first?.problem == "Layer4 connection problem: no, \"never\"")
  }

  @Test("statistics without a header, a column, a number or the frontend are an error that names it")
  func unreadable() {
    let busy = HAProxyRecording.busy
    for (text, lack) in [
      ("", "a header"), ("Unknown command", "a header"),
      (busy.replacing("svname", with: "x"), "the column svname"),
      (busy.replacing("fleet,", with: "f,"), "the row of fleet"),
      (busy.replacing("instances,a,0,", with: "instances,a,x,"), "a number in the column qcur"),
    ] {
      #expect(throws: HAProxyError.unreadable(lack)) { try Self.statistics(text) }
    }
  }

  @Test(
    "a new instance starts until it is up, is then healthy or unhealthy, and draining until it has nothing in hand"
  )
  func states() throws {
    var targets = HAProxyTargets()
    targets.add("a", at: 1)
    let states: [(status: String, inFlight: Int, state: FrontStatus.State, since: UInt64)] = [
      ("DOWN", 0, .starting, 1), ("DOWN 1/2", 0, .starting, 1), ("UP", 1, .healthy, 12),
      ("UP 2/3", 1, .healthy, 12),
      ("DOWN", 0, .unhealthy, 14), ("DOWN 1/2", 0, .unhealthy, 14), ("UP", 1, .healthy, 16),
    ]
    for (index, row) in states.enumerated() {
      let target = try targets.status(Self.one(row.status, row.inFlight), at: UInt64(10 + index)).targets
        .first
      #expect(target?.state == row.state, "\(row.status)")
      #expect(target?.since == row.since, "\(row.status)")
    }
    targets.drain("a")
    #expect(try targets.status(Self.one("DRAIN", 1), at: 20).targets.first?.state == .draining)
    #expect(try targets.status(Self.one("DOWN", 0), at: 21).targets.first?.state == .drained)
    targets.leave("a")
    #expect(try targets.status(Self.one("MAINT", 0), at: 22).targets.isEmpty)
  }

  @Test("a new instance is let in after its first good check, but one that failed is not")
  func firstCheck() throws {
    var targets = HAProxyTargets()
    targets.add("a", at: 0)
    #expect(targets.passedFirst(Self.one("DOWN", 0, check: "L7STS")) == [])
    #expect(targets.passedFirst(Self.one("DOWN", 0, check: "INI")) == [])
    #expect(targets.passedFirst(Self.one("DOWN 1/3", 0)) == ["a"])
    _ = try targets.status(Self.one("UP", 0), at: 1)
    #expect(targets.passedFirst(Self.one("DOWN 1/3", 0)) == [])
  }

  @Test(
    "a bad response that a server counts is an answer, and any other a failure, even after the server is gone"
  )
  func failures() throws {
    var targets = HAProxyTargets()
    targets.add("a", at: 0)
    let statistics = HAProxyStatistics(
      requests: 20, responses: .init(good: 10, bad: 8), servers: [Self.server("UP", 0, bad: 5)])
    for _ in 1...2 {
      let status = try targets.status(statistics, at: 1)
      #expect((status.requests, status.answered, status.failed) == (20, 15, 3))
    }
    targets.leave("a")
    targets.forget("a", statistics)
    var later = statistics
    later.servers = []
    #expect(try targets.status(later, at: 2).failed == 3)
  }

  private static func statistics(_ text: String) throws(HAProxyError) -> HAProxyStatistics {
    try HAProxyStatistics(
      text, frontend: HAProxyConfiguration.frontend, backend: HAProxyConfiguration.backend)
  }

  private static func one(_ status: String, _ inFlight: Int, check: String = "L7OK") -> HAProxyStatistics {
    HAProxyStatistics(
      requests: 0, responses: .init(), servers: [server(status, inFlight, check: check)])
  }

  private static func server(
    _ status: String, _ inFlight: Int, bad: UInt64 = 0, check: String = "L7OK"
  ) -> HAProxyStatistics.Server {
    HAProxyStatistics.Server(
      name: "a", status: status, inFlight: inFlight, responses: .init(bad: bad), unanswered: 0, check: check,
      checkText: "")
  }
}
