import HTTP
import Platform
import Records
import TestSupport
import Testing

@testable import Load

/// The generator against servers that answer as they should. No test depends on how fast the machine is: times are compared
/// only with what they cannot be less than, and a busy machine may leave due requests unsent. That each due request is
/// answered, failed, unanswered or unsent is a rule of the record, which `measure` checks.
struct GeneratorTests {
  @Test(
    "every request of an open loop is sent at its time or later, answered, checked and counted",
    arguments: [1, 2])
  func openLoop(threads: Int) throws {
    let server = try ScriptedServer { request in
      let worker = "X-Worker: \(request.index % 2 + 1)/7"
      return [
        .send(ScriptedServer.answer(request.path == "/api/1000" ? "500500\n" : "ok", headers: [worker]))
      ]
    }
    var settings = try settings(
      server, pace: .openLoop(.constant, #require(RequestRate(perSecond: 500))), paths: "/api/1e3=3,/")
    (settings.threads, settings.duration) = (threads, 400_000_000)
    let record = try measure(settings)
    #expect(record.due == 200 && record.answered == record.sent, "\(record)")
    #expect(record.errors.total == 0 && record.unanswered == 0)
    let names = (record.workers ?? []).map(\.name)
    #expect(Set(names).isSubset(of: ["1/7", "2/7"]) && names.count == Set(names).count)
    #expect((record.workers ?? []).reduce(0) { $0 + $1.answers } == record.answered)
    #expect(record.answeredInAll == UInt64(server.requestCount))
    #expect(server.requestCount <= 200 + 50, "the warm-up has 50")
    #expect(record.threads == threads && record.connectionsOpened == 8)
    #expect(record.askedRate == 500 && record.arrivals == .constant)
    #expect((record.latency.mean ?? 0) + 1 >= record.uncorrected?.mean ?? 0)
    // The head of a request is at least that long.
    #expect(min(record.bytesSent, record.bytesReceived) >= record.answered * 40)
  }

  @Test("a closed loop keeps all its connections in use, and sends only when the last request is answered")
  func closedLoop() throws {
    let server = try ScriptedServer { _ in [.send(ScriptedServer.answer("ok"))] }
    var settings = try settings(server, pace: .closedLoop)
    settings.duration = 200_000_000
    let record = try measure(settings, until: { $0.answered > 0 })
    #expect(record.sent == record.answered && record.errors.total == 0)
    #expect(
      record.due == nil && record.sendDelay == nil && record.uncorrected == nil && record.askedRate == nil)
    #expect(record.connectionsOpened == 8)
    #expect((record.littlesLaw?.meanInFlight ?? 9) <= 8)
  }

  @Test("each request has a connection of its own, if asked", arguments: [true, false])
  func newConnections(isOpen: Bool) throws {
    let server = try ScriptedServer { _ in
      [.send(ScriptedServer.answer("ok", headers: ["Connection: close"])), .close]
    }
    let rate = try #require(RequestRate(perSecond: 200))
    var settings = try settings(server, pace: isOpen ? .openLoop(.poisson, rate) : .closedLoop)
    settings.duration = 200_000_000
    settings.opensConnectionPerRequest = true
    let record = try measure(settings, until: { $0.answered > 0 })
    #expect(record.errors.total == 0 && record.answered == record.sent)
    #expect(server.connectionCount >= server.requestCount && server.requestCount >= Int(record.sent))
  }

  @Test("a stalled server does not stop requests from being due, and their latencies contain the stall")
  func stall() throws {
    let server = try ScriptedServer { request in
      (request.index == 0 ? [.freeze(nanoseconds: 100_000_000)] : []) + [.send(ScriptedServer.answer("ok"))]
    }
    var settings = try settings(
      server, pace: .openLoop(.constant, #require(RequestRate(perSecond: 1000))), connections: 1)
    (settings.warmUp, settings.duration) = (0, 1_000_000_000)
    let record = try measure(settings)
    #expect(record.due == 1000)
    // Those that were due in the first 15 of the 100 ms were answered at least 85 ms later, if they were sent.
    #expect(record.latency.count(above: 84_000_000) >= min(15, record.answered))
    #expect(record.latency.time(atPercentile: 99) ?? .max > 85_000_000)
    #expect(try #require(record.queued) + #require(record.unsent) >= 85)
  }

  @Test("requests that no connection was free for are reported as never sent")
  func neverSent() throws {
    // The answer to the first request comes after the end.
    let server = try ScriptedServer { _ in
      [.freeze(nanoseconds: 300_000_000), .send(ScriptedServer.answer("ok"))]
    }
    var settings = try settings(
      server, pace: .openLoop(.constant, #require(RequestRate(perSecond: 1000))), connections: 2)
    (settings.warmUp, settings.duration) = (0, 200_000_000)
    let record = try measure(settings)
    #expect(record.due == 200 && record.sent <= 2)
    #expect((record.unsent ?? 0) + record.sent == 200 && record.answered == record.sent)
    #expect(record.achievedRate == 0)
  }

  @Test("what the warm-up left unsent is neither sent nor counted")
  func overloadedWarmUp() throws {
    // The first answer comes 50 ms after the end of the warm-up, or later.
    let server = try ScriptedServer { request in
      (request.index == 0 ? [.freeze(nanoseconds: 150_000_000)] : []) + [.send(ScriptedServer.answer("ok"))]
    }
    var settings = try settings(
      server, pace: .openLoop(.constant, #require(RequestRate(perSecond: 1000))), connections: 1)
    settings.duration = 200_000_000
    let record = try measure(settings)
    #expect(record.due == 200 && record.answeredInAll == UInt64(server.requestCount))
    // A machine that is busy may send nothing in the warm-up.
    #expect(UInt64(server.requestCount) <= record.sent + 1)
  }

  @Test("an idle connection that the server closes is opened again, and is no failure")
  func idleClose() throws {
    let server = try ScriptedServer { _ in
      [.send(ScriptedServer.answer("ok", headers: ["Connection: close"])), .close]
    }
    var settings = try settings(server, pace: .openLoop(.constant, #require(RequestRate(perSecond: 200))))
    settings.duration = 200_000_000
    let record = try measure(settings)
    #expect(record.due == 40 && record.answered == record.sent && record.errors.total == 0)
    #expect(try #require(record.connectionsOpened) >= max(8, #require(record.answeredInAll)))
  }

  @Test("chunked answers, answers in single bytes and answers up to the end of the connection are understood")
  func framings() throws {
    let server = try ScriptedServer { request in
      switch request.index % 3 {
      case 0:
        [
          .send(
            Array(
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n50\r\n4\r\n0500\r\n0\r\n\r\n".utf8))
        ]
      case 1: [.sendSlowly(ScriptedServer.answer("500500"))]
      default: [.send(Array("HTTP/1.1 200 OK\r\n\r\n500500".utf8)), .close]
      }
    }
    var settings = try settings(
      server, pace: .openLoop(.constant, #require(RequestRate(perSecond: 150))), paths: "/api/1000")
    settings.duration = 200_000_000
    let record = try measure(settings)
    #expect(record.due == 30 && record.answered == record.sent && record.errors.total == 0, "\(record)")
  }

  @Test("a live view is told the state of the run")
  func view() throws {
    let server = try ScriptedServer { _ in [.send(ScriptedServer.answer("ok"))] }
    var settings = try settings(server, pace: .closedLoop)
    settings.duration = 1_000_000_000
    var last: LoadProgress?
    _ = try Generator(settings).run { last = $0 }
    let progress = try #require(last)
    #expect(progress.elapsed > 0 && progress.failed == 0)
  }
}

/// Returns settings for a short run against a server, with 8 connections and 100 ms of warm-up.
func settings(
  _ server: ScriptedServer, pace: LoadPace, paths: String = "/", connections: Int = 8
) throws -> LoadSettings {
  let target = try LoadTarget(URLParts("http://127.0.0.1:\(server.port)/"))
  var settings = LoadSettings(target, paths: try PathMix(paths), pace: pace, connections: connections)
  settings.warmUp = 100_000_000
  settings.timeout = 60_000_000_000
  return settings
}

/// Runs the generator to its end, and checks the record's rules.
func measure(_ settings: LoadSettings) throws -> LoadRecord {
  let outcome = try Generator(settings).run()
  let record = try #require(outcome.record)
  #expect(record.contradiction == nil)
  #expect(outcome.signal == nil)
  return record
}

/// Runs the generator, and again for twice as long if it did not see what it has to: a busy machine may send nothing in a short
/// time. The limit only ends a test that would never see it.
func measure(_ settings: LoadSettings, until hasSeen: (LoadRecord) -> Bool) throws -> LoadRecord {
  var settings = settings
  while true {
    let record = try measure(settings)
    if hasSeen(record) || settings.duration > 10_000_000_000 { return record }
    settings.duration *= 2
  }
}
