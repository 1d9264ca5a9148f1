import Foundation
import Records
import TestSupport
import Testing

/// A fleet of real processes that take jobs from a queue.
@Suite(.blocking) struct FleetQueueTests {
  private let folder = try? Folder()

  /// Starts a fleet with an embedded queue, which has one instance unless the options say otherwise.
  private func fleet(_ options: [String]) throws -> RunningFleet {
    let journal = try #require(folder).path + "/jobs"
    return try RunningFleet(["--queue", "embedded", "--journal", journal, "--min", "1"] + options)
  }

  /// Puts sums into the queue, and returns the last number of each by its address.
  private func sums(_ numbers: Range<UInt64>, into fleet: RunningFleet) throws -> [String: UInt64] {
    let client = try fleet.client()
    return try numbers.reduce(into: [:]) { jobs, number in
      jobs[try fleet.accepted("/api/\(number)", over: client)] = number
    }
  }

  @Test("jobs are each done once although the instance that has one in hand is killed")
  func killedInstance() throws {
    let fleet = try fleet(["--policy", "none"])
    try fleet.waitFor("in service")
    let slow = try fleet.accepted("/wait/3000")
    try waitUntil("the slow job is in hand") { try fleet.job(slow).state == "running" }
    let jobs = try sums(0..<40, into: fleet)
    kill(try #require(fleet.instances.first), SIGKILL)
    try fleet.waitFor("died")
    try fleet.waitFor("in service", of: "i-2")
    try fleet.waitUntilIdle()
    try fleet.expectDone(jobs)
    let job = try fleet.job(slow)
    #expect(job.state == "done" && job.attempts == 2 && job.result == "waited 3000 ms")
    let record = try fleet.interrupt()
    let counts = try #require(record.front?.jobs)
    #expect(counts.done == 41 && counts.failed == 0 && counts.redelivered == 1 && record.front?.failed == 0)
    #expect(record.points.contains { ($0.jobs?.waiting ?? 0) > 0 })
    let results = try #require(folder?.text("jobs")).split(separator: "\n").compactMap { line in
      let fields = line.split(separator: " ")
      return fields.count > 2 && fields[1] == "d" ? fields[2] : nil
    }
    #expect(results.count == 41 && Set(results).count == 41)
  }

  @Test("a backlog brings instances, its end takes them away, and each finishes the job in hand first")
  func backlog() throws {
    let policy = """
      {"kind": "backlog", "secondsPerJob": 1, "allowedSeconds": 10, "scaleOut": {"periods": 1},
       "scaleIn": {"periods": 2}, "warmUp": 0}
      """
    try #require(folder).write(policy, to: "policy.json")
    let path = try #require(folder).path + "/policy.json"
    let fleet = try fleet(["--policy", path, "--max", "3", "--time-scale", "240", "--drain", "60s"])
    try fleet.waitFor("in service")
    let client = try fleet.client()
    let jobs = try (0..<80).map { _ in try fleet.accepted("/wait/200", over: client) }
    try fleet.waitFor("in service", count: 3)
    try fleet.waitFor("ended", count: 2)
    try fleet.waitUntilIdle()
    for job in try jobs.map({ try fleet.job($0, over: client) }) {
      #expect(job.state == "done" && job.attempts == 1, "\(job)")
    }
    let record = try fleet.interrupt()
    #expect(record.front?.jobs?.redelivered == 0)
    #expect(record.instances.count { $0.reason == "scaled in" } >= 2)
    let decision = try #require(record.decisions.first { $0.desired > $0.sample.current })
    let (queue, running) = (try #require(decision.sample.queue), try #require(decision.sample.running))
    #expect(queue > 10 && Double(running) >= queue && decision.reason.contains("backlog per instance"))
  }

  @Test("jobs survive kill -9 of a fleet, and the next fleet finishes them")
  func killedFleet() throws {
    var jobs: [String: UInt64] = [:]
    let slow: String
    do {
      let fleet = try fleet(["--policy", "none"])
      try fleet.waitFor("in service")
      slow = try fleet.accepted("/wait/2000")
      // They wait behind it.
      jobs = try sums(0..<40, into: fleet)
      let tree = fleet.tree
      fleet.running.send(SIGKILL)
      try waitUntil("all have ended") { tree.allSatisfy { !ProcessTable.isRunning($0) } }
    }
    let fleet = try fleet(["--policy", "none"])
    try fleet.waitUntilIdle()
    try fleet.expectDone(jobs)
    #expect(try fleet.job(slow).result == "waited 2000 ms")
    _ = try fleet.interrupt()
  }

  @Test("a frozen instance with a job in hand is found after the job's time, and another one does the job")
  func frozenInstance() throws {
    let fleet = try fleet([
      "--policy", "none", "--job-timeout", "1s", "--check-interval", "2s", "--fall", "3",
    ])
    try fleet.waitFor("in service")
    kill(try #require(fleet.instances.first), SIGSTOP)
    let address = try fleet.accepted("/api/1000")
    try fleet.waitFor("unhealthy", of: "i-1")
    try fleet.waitFor("replaced", of: "i-1")
    try fleet.waitUntilIdle()
    let job = try fleet.job(address)
    #expect(job.state == "done" && job.result == "500500" && job.attempts == 2)
    let record = try fleet.interrupt()
    #expect(record.front?.jobs?.redelivered == 1)
  }

  @Test("built-in traffic puts jobs into the queue, and the fleet ends when all of them are done")
  func traffic() throws {
    try #require(folder).write("time,rate\n0,30\n60,30\n", to: "traffic.csv")
    let path = try #require(folder).path + "/traffic.csv"
    let fleet = try fleet(["--policy", "backlog", "--max", "1", "--traffic", path, "--path", "/wait/50"])
    let record = try fleet.record()
    let load = try #require(record.load)
    #expect(load.method == "POST" && load.answered > 0 && load.errors.total == 0, "\(load.errors)")
    #expect(load.url.hasSuffix("/jobs?path=/wait/50"))
    #expect(
      record.front?.jobs == .init(waiting: 0, running: 0, done: Int(load.answered), failed: 0, redelivered: 0)
    )
    #expect(record.settings.path == "/wait/50" && record.settings.front == "queue")
    #expect(record.instances.first?.answered == load.answered)
  }

  @Test(
    "a fleet whose Redis is restarted says so, accepts nothing meanwhile, and does every job",
    .enabled(if: RedisServer.program != nil, "redis-server is not installed"))
  func redis() throws {
    let redis = try RedisServer()
    let fleet = try RunningFleet(["--queue", redis.url, "--min", "1", "--policy", "none"])
    try fleet.waitFor("in service")
    var jobs = try sums(0..<20, into: fleet)
    try redis.kill()
    try fleet.waitFor("blocked", of: "group")
    #expect(fleet.events.contains { $0.contains("blocked: lost Redis at 127.0.0.1:\(redis.port)") })
    #expect(try fleet.post("/api/5").status == 503)
    try redis.restart()
    try fleet.waitFor("unblocked", of: "group")
    jobs.merge(try sums(20..<25, into: fleet)) { $1 }
    try fleet.waitUntilIdle()
    try fleet.expectDone(jobs)
    let record = try fleet.interrupt()
    #expect(record.failure == nil && record.settings.front == "redis")
    #expect(record.events.count { $0.kind == .blocked } == 1)
  }
}
