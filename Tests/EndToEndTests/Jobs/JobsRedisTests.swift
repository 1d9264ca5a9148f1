import Foundation
import Records
import TestSupport
import Testing

/// `scaleup jobs` with a real Redis.
@Suite(.blocking, .enabled(if: RedisServer.program != nil, "redis-server is not installed"))
struct JobsRedisTests {
  @Test("jobs and results are in Redis: those of clients, and those that other programs add to the stream")
  func stream() throws {
    let redis = try RedisServer()
    let queue = try JobsProgram(["--redis", redis.url + "/work"])
    let address = try #require(try queue.post("/api/1000")["Location"])
    #expect(try queue.job(address).state == "waiting")
    #expect(try redis.ask("XADD work * path /api/10").contains("-"))
    #expect(try redis.ask("XADD work * other 1").contains("-"))
    let server = try Server("single")
    try queue.add("i-1", server)
    try waitUntil("all are finished") { try redis.ask("HLEN work:results").hasPrefix(":3") }
    try waitUntil("the result is kept") { try queue.job(address).state == "done" }
    #expect(try queue.job(address).result == "500500")
    let results = try redis.ask("HVALS work:results")
    #expect(results.contains("\"result\":\"55\"") && results.contains("invalid job"))
    try waitUntil("the stream is empty") { try redis.ask("XLEN work").hasPrefix(":0") }
    #expect(try queue.client().get("/jobs/1-1").status == 404)
  }

  @Test("while Redis is restarted no job is accepted, none is lost, and each is done once")
  func restarted() throws {
    let redis = try RedisServer()
    let queue = try JobsProgram(["--redis", redis.url])
    let server = try Server("single")
    try queue.add("i-1", server)
    var jobs: [String: UInt64] = [:]
    for number in UInt64(0)..<50 {
      jobs[try #require(try queue.post("/api/\(number)")["Location"])] = number
    }
    // A job is in hand while Redis is away, and its result is kept until it is back.
    let slow = try #require(try queue.post("/wait/500")["Location"])
    try waitUntil("the slow job is in hand") { try queue.job(slow).state == "running" }
    try redis.kill()
    try waitUntil("no job is accepted") {
      let answer = try queue.post("/api/5")
      return answer.status == 503 && answer["Retry-After"] != nil
    }
    try redis.restart()
    var answer = try queue.post("/api/7")
    try waitUntil("jobs are accepted again") {
      if answer.status == 202 { return true }
      answer = try queue.post("/api/7")
      return answer.status == 202
    }
    jobs[try #require(answer["Location"])] = 7
    try waitUntil("all jobs are done") {
      let counts = try #require(try queue.status().jobs)
      return try counts.waiting == 0 && counts.running == 0 && redis.ask("XLEN scaleup:jobs").hasPrefix(":0")
    }
    try queue.expectDone(jobs)
    #expect(try queue.job(slow).result == "waited 500 ms")
    #expect(queue.notes.contains("lost Redis") && queue.notes.contains("is back"))
  }

  @Test(
    "the next queue takes over the jobs of a killed one, and those of one that ended in order at once"
  )
  func takenOver() throws {
    let redis = try RedisServer()
    let frozen = try ScriptedServer { request in
      request.path == "/healthcheck" ? [.send(ScriptedServer.answer("ok\n"))] : []
    }
    var jobs: [String: UInt64] = [:]
    for kills in [true, false] {
      let queue = try JobsProgram(["--redis", redis.url, "--timeout", kills ? "0.5" : "60"])
      try queue.add("frozen", frozen)
      let number: UInt64 = kills ? 11 : 12
      jobs[try #require(try queue.post("/api/\(number)")["Location"])] = number
      try queue.waitForJobInHand(of: "frozen")
      if kills { try queue.kill() } else { #expect(try queue.end().status == 0) }
    }
    let queue = try JobsProgram(["--redis", redis.url, "--timeout", "0.5"])
    let server = try Server("single")
    try queue.add("i-1", server)
    try waitUntil("both jobs are done") { try redis.ask("HLEN scaleup:jobs:results").hasPrefix(":2") }
    try waitUntil("the stream is empty") { try redis.ask("XLEN scaleup:jobs").hasPrefix(":0") }
    try queue.expectDone(jobs)
  }

  @Test(
    "the names of dead queues are removed when no jobs are in their hands, and that of a queue that ends in order"
  )
  func consumers() throws {
    let redis = try RedisServer()
    func count(of state: String) throws -> Int {
      try redis.ask("XINFO CONSUMERS scaleup:jobs scaleup").components(separatedBy: state).count - 1
    }
    for name in ["queue-dead", "other"] {
      _ = try redis.ask("XGROUP CREATE scaleup:jobs scaleup 0 MKSTREAM")
      _ = try redis.ask("XGROUP CREATECONSUMER scaleup:jobs scaleup \(name)")
    }
    let frozen = try ScriptedServer { request in
      request.path == "/healthcheck" ? [.send(ScriptedServer.answer("ok\n"))] : []
    }
    let killed = try JobsProgram(["--redis", redis.url, "--timeout", "60"])
    try killed.add("frozen", frozen)
    let job = try #require(try killed.post("/api/11")["Location"])
    try killed.waitForJobInHand(of: "frozen")
    try killed.kill()
    let queue = try JobsProgram(["--redis", redis.url, "--timeout", "0.5"])
    let server = try Server("single")
    try queue.add("i-1", server)
    try waitUntil("the job is done") { try queue.job(job).state == "done" }
    try waitUntil("only the name of the living queue is left") { try count(of: "queue-") == 1 }
    #expect(try queue.end().status == 0)
    #expect(try count(of: "queue-") == 0 && count(of: "other") == 1)
  }

  @Test("a key of another type is refused")
  func wrongType() throws {
    let redis = try RedisServer()
    _ = try redis.ask("SET taken 1")
    let outcome = try start(redis.url + "/taken")
    #expect(outcome.status == 1 && outcome.error.contains("Redis key 'taken' is not a stream"))
    _ = try redis.ask("SET other:results 1")
    #expect(try start(redis.url + "/other").error.contains("Redis key 'other:results' is not a hash"))
  }

  /// Starts a queue that fails, and waits for its end.
  private func start(_ url: String) throws -> Program.Outcome {
    try Program("scaleup").run(["jobs", "--port", "0", "--target", "127.0.0.1:1", "--redis", url])
  }
}

/// `scaleup jobs` with what is no Redis that it can use.
@Suite(.blocking) struct JobsWithoutRedisTests {
  private func outcome(_ port: Int) throws -> String {
    let outcome = try Program("scaleup").run(
      ["jobs", "--port", "0", "--target", "127.0.0.1:1", "--redis", "redis://127.0.0.1:\(port)"])
    #expect(outcome.status == 1 && outcome.output == "")
    return outcome.error
  }

  @Test("a missing Redis, an old one and another program are refused")
  func refused() throws {
    let free = try ScriptedServer { _ in [] }.port
    #expect(try outcome(free).contains("cannot reach Redis at 127.0.0.1:\(free)"))
    let information = "# Server\r\nredis_version:5.0.14\r\n"
    let old = try ScriptedServer(
      greeting: Array("$\(information.utf8.count)\r\n\(information)\r\n".utf8)
    ) { _ in [] }
    #expect(try outcome(old.port).contains("too old: 5.0.14 (expected 6.2 or newer)"))
    let other = try ScriptedServer(greeting: Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)) { _ in [] }
    #expect(try outcome(other.port).contains("is it Redis?"))
  }
}
