import Foundation
import Records
import Synchronization
import TestSupport
import Testing

/// `scaleup jobs`, with servers that work and servers that fail.
@Suite(.blocking) struct JobsTests {
  /// A server whose checks are good, and that answers jobs as a script says.
  private static func server(
    _ script: @escaping @Sendable (ScriptedServer.Request) -> [ScriptedServer.Action]
  ) throws -> ScriptedServer {
    try ScriptedServer { request in
      request.path == "/healthcheck" ? [.send(ScriptedServer.answer("ok\n"))] : script(request)
    }
  }

  @Test("a job is accepted with its address, waits, and is done with its result when a server comes")
  func accepted() throws {
    let queue = try JobsProgram()
    let answer = try queue.post("/api/1000")
    let address = try #require(answer["Location"])
    #expect(answer.status == 202 && answer.body == address + "\n")
    #expect(try queue.job(address).state == "waiting")
    let server = try Server("single")
    try queue.add("i-1", server)
    try queue.waitForDone(1)
    let job = try queue.job(address)
    #expect(job.state == "done" && job.result == "500500" && job.attempts == 1)
    let status = try queue.status()
    #expect(status.requests == 1 && status.answered == 1 && status.failed == 0)
    #expect(status.targets.map(\.name) == ["i-1"] && status.targets[0].answered == 1)
  }

  @Test(
    "the path of a job may be in the query, and HEAD, pipelined and bad requests are answered as HTTP demands"
  )
  func requests() throws {
    let queue = try JobsProgram()
    let client = try queue.client()
    try client.send(
      "POST /jobs?path=/api/5 HTTP/1.1\r\nHost: a\r\n\r\n" + JobsProgram.request("/api/6")
        + HTTPClient.text("/jobs/1") + HTTPClient.text("/jobs/2") + HTTPClient.text("/jobs"))
    #expect(try client.answer()["Location"] == "/jobs/1")
    #expect(try client.answer()["Location"] == "/jobs/2")
    #expect(try client.answer().body.contains("\"path\":\"/api/5\""))
    #expect(try client.answer().body.contains("\"path\":\"/api/6\""))
    #expect(try client.answer().body.contains("\"waiting\":2"))
    #expect(try queue.client().get("/jobs", method: "HEAD").status == 200)
    let wrong = try queue.client().get("/jobs", method: "PUT")
    #expect(wrong.status == 405 && wrong["Allow"] == "GET, HEAD, POST")
    #expect(try queue.client().get("/jobs/1", method: "POST").status == 405)
    #expect(try queue.post("no path").status == 400)
    #expect(try queue.post("/" + String(repeating: "a", count: 2000)).status == 413)
    for path in ["/jobs/3", "/jobs/x", "/job"] { #expect(try queue.client().get(path).status == 404) }
  }

  @Test("200 jobs are each done once although their servers break connections, are killed and answer wrongly")
  func lossyServers() throws {
    let folder = try Folder()
    let queue = try JobsProgram(["--journal", "\(folder.path)/jobs", "--in-hand", "2"])
    // Each failure hits another job or the same: five in a row would make a job fail, so there are four.
    let failures = Atomic<Int>(0)
    let faulty = try Self.server { _ in
      switch failures.wrappingAdd(1, ordering: .relaxed).oldValue {
      case 0: [.close]
      case 1: [.reset]
      case 2: [.send(ScriptedServer.answer("1\n"))]
      case 3: [.send(ScriptedServer.answer("busy\n", status: "503 Service Unavailable"))]
      default: []
      }
    }
    try queue.add("faulty", faulty)
    var jobs: [String: UInt64] = [:]
    let client = try queue.client()
    for number in UInt64(0)..<200 {
      jobs[try #require(try queue.post("/api/\(number)", over: client)["Location"])] = number
    }
    try waitUntil("the faulty server keeps jobs") { failures.load(ordering: .relaxed) >= 5 }
    let victim = try Server("single")
    try queue.add("victim", victim)
    try waitUntil("the victim has answered") { try queue.status().targets.contains { $0.answered >= 5 } }
    victim.running.send(SIGKILL)
    let (first, second) = (try Server("single"), try Server("threads", ["--workers", "2"]))
    try queue.add("i-1", first)
    try queue.add("i-2", second)
    // What a server that is removed has in hand is given to others.
    try queue.command("remove faulty")
    try queue.waitForDone(200)
    try queue.expectDone(jobs)
    let status = try queue.status()
    #expect(
      try #require(status.jobs).redelivered >= 4 && status.jobs?.waiting == 0 && status.jobs?.running == 0)
    #expect(status.answered == 200 && status.failed == 0)
    let journal = try #require(folder.text("jobs"))
    let results = journal.split(separator: "\n").compactMap { line -> Substring? in
      let fields = line.split(separator: " ")
      return fields.count > 2 && fields[1] == "d" ? fields[2] : nil
    }
    #expect(results.count == 200 && Set(results).count == 200, "a result is kept once")
  }

  @Test("a job that no server can do has failed after its attempts, with the reason")
  func exhausted() throws {
    let queue = try JobsProgram(["--attempts", "3"])
    let faulty = try Self.server { _ in [.send(ScriptedServer.answer("7\n"))] }
    try queue.add("faulty", faulty)
    let address = try #require(try queue.post("/api/2")["Location"])
    try waitUntil("the job has failed") { try queue.job(address).state == "failed" }
    let job = try queue.job(address)
    #expect(job.attempts == 3 && job.reason?.contains("wrong answer '7' (expected 3)") == true)
    let status = try queue.status()
    #expect(status.targets[0].failed == 3 && status.jobs == .init(failed: 1, redelivered: 2))
  }

  @Test("a job whose server does not answer in time is given to another")
  func frozen() throws {
    let queue = try JobsProgram(["--timeout", "0.2"])
    let frozen = try Self.server { _ in [] }
    try queue.add("frozen", frozen)
    let address = try #require(try queue.post("/api/2")["Location"])
    try queue.waitForJobInHand(of: "frozen")
    let server = try Server("single")
    try queue.command("drain frozen")
    try queue.add("i-1", server)
    try queue.waitForDone(1)
    #expect(try queue.job(address).attempts >= 2)
    #expect(try queue.status().targets.first { $0.name == "frozen" }?.state == .drained)
  }

  @Test("a server that drains gets no new job and finishes the one in hand")
  func drained() throws {
    let queue = try JobsProgram()
    let server = try Server("threads", ["--workers", "2"])
    try queue.add("i-1", server)
    let address = try #require(try queue.post("/wait/300")["Location"])
    try queue.waitForJobInHand(of: "i-1")
    try queue.command("drain i-1")
    let later = try #require(try queue.post("/api/3")["Location"])
    try waitUntil("it has drained") { try queue.status().targets[0].state == .drained }
    #expect(try queue.job(address).result == "waited 300 ms" && queue.job(address).attempts == 1)
    #expect(try queue.job(later).state == "waiting")
  }

  @Test("jobs and results survive kill -9 of the queue, again and again")
  func killedQueue() throws {
    let folder = try Folder()
    let server = try Server("single")
    var jobs: [String: UInt64] = [:]
    var number: UInt64 = 0
    for round in 1...4 {
      let queue = try JobsProgram(["--journal", "\(folder.path)/jobs"])
      if round > 1 { try queue.add("i-1", server) }
      let client = try queue.client()
      let sent = 60
      try client.send((0..<sent).map { JobsProgram.request("/api/\(number + UInt64($0))") }.joined())
      for _ in 0..<20 {
        jobs[try #require(try client.answer(to: "POST")["Location"])] = number
        number += 1
      }
      try queue.kill()
      // Those that were answered before the end are accepted too; the others may be.
      while let answer = try? client.answer(to: "POST"), let address = answer["Location"] {
        jobs[address] = number
        number += 1
      }
      number += UInt64(sent)
    }
    let queue = try JobsProgram(["--journal", "\(folder.path)/jobs"])
    try queue.add("i-1", server)
    try waitUntil("all jobs are done") {
      let counts = try #require(try queue.status().jobs)
      return counts.waiting == 0 && counts.running == 0
    }
    #expect(jobs.count >= 80)
    try queue.expectDone(jobs)
    #expect(try queue.end().status == 0)
  }

  @Test("two queues cannot share a journal, and a truncated journal is reported")
  func journals() throws {
    let folder = try Folder()
    let options = ["jobs", "--port", "0", "--control", "--journal", "\(folder.path)/jobs"]
    do {
      let queue = try JobsProgram(["--journal", "\(folder.path)/jobs"])
      _ = try queue.post("/api/1")
      let second = try Program("scaleup").run(options)
      #expect(second.status == 64 && second.error.contains("is in use by another queue"))
      try queue.kill()
    }
    let text = try #require(folder.text("jobs"))
    try folder.write(text + "12345678 a 2 0 /ap", to: "jobs")
    let queue = try JobsProgram(["--journal", "\(folder.path)/jobs"])
    let dropped = "dropped an incomplete record of 18 bytes at the end (a crash while it was written)"
    #expect(queue.notes.replacing("\n", with: " ").contains(dropped))
    #expect(try queue.status().jobs?.waiting == 1)
    try queue.kill()
    try folder.write(text.replacing("/api/1", with: "/api/2"), to: "jobs")
    let refused = try Program("scaleup").run(options)
    #expect(refused.status == 64 && refused.error.contains("jobs:2: corrupted record"))
    let device = try Program("scaleup").run(["jobs", "--port", "0", "--control", "--journal", "/dev/null"])
    #expect(device.status == 64 && device.error.hasPrefix("scaleup: /dev/null is not a regular file"))
  }

  @Test("the queue ends when its standard input ends, and with an error for a line that is no command")
  func ending() throws {
    #expect(try JobsProgram().end().status == 0)
    for (line, reason) in [
      ("frob", "invalid command: 'frob'"), ("drain i-1", "unknown instance: 'i-1'"),
      ("add a 127.0.0.1 1\nadd a 127.0.0.1 2", "instance 'a' exists already"),
    ] {
      let queue = try JobsProgram()
      try queue.command(line)
      let outcome = try queue.end()
      #expect(outcome.status == 1 && outcome.error.contains(reason))
    }
  }
}
