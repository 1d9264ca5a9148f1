import Foundation
import Platform
import Records
import TestSupport
import Testing

/// The answers of a service.
@Suite(.blocking) struct ServeRouteTests {
  @Test("a service answers its paths, and every answer names its worker", arguments: Server.models)
  func routes(model: String) throws {
    let server = try Server(model, ["--workers", model == "single" ? "1" : "2"])
    let client = try server.client()
    let answers = [
      "/": "scaleup-\(model): /healthcheck /api/:n /wait/:ms /metrics\n", "/healthcheck": "ok\n",
      "/api/0": "0\n", "/api/1000": "500500\n", "/api/1e6": "500000500000\n", "/api/1000?n=2": "500500\n",
      "/wait/1": "waited 1 ms\n", "/wait/1?blocking": "waited 1 ms\n",
    ]
    for (path, body) in answers {
      let answer = try client.get(path)
      #expect(answer.status == 200 && answer.body == body, "\(path): \(answer)")
      #expect(answer["Content-Type"] == "text/plain; charset=utf-8")
      #expect(answer["Content-Length"] == "\(body.utf8.count)")
      #expect(answer["Date"]?.hasSuffix(" GMT") == true)
      #expect(!answer.closes)
      #expect((0..<server.record.workers).contains(try #require(answer.worker)))
      #expect(server.tree.contains(try #require(answer.process)))
    }
    client.end()
    #expect(try server.end().status == 0)
    #expect(server.notes.isEmpty)
  }

  @Test("a service refuses what it cannot answer with one line that says why", arguments: Server.models)
  func refused(model: String) throws {
    let client = try Server(model)
    let connection = try client.client()
    for path in ["/api/5000000001", "/api/1e18", "/api/99999999999999999999", "/api/-1", "/api/", "/api/1.5"]
    {
      let answer = try connection.get(path)
      #expect(answer.status == 400 && answer.body.contains("up to 5000000000"), "\(path): \(answer)")
      #expect(answer.body.split(separator: "\n").count == 1)
    }
    let wait = try connection.get("/wait/60001")
    #expect(wait.status == 400 && wait.body.contains("up to 60000"))
    for path in ["/nope", "/api", "/wait", "//", "/healthcheck/"] {
      #expect(try connection.get(path).status == 404, "\(path)")
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"] {
      let answer = try connection.get("/", method: method, headers: "Content-Length: 0\r\n")
      #expect(answer.status == 405 && answer["Allow"] == "GET, HEAD")
    }
  }

  @Test("HEAD is answered as GET is, without the body", arguments: Server.models)
  func head(model: String) throws {
    let server = try Server(model)
    let client = try server.client()
    for path in ["/", "/healthcheck", "/api/1000", "/nope", "/wait/1"] {
      let (head, get) = (try client.get(path, method: "HEAD"), try client.get(path))
      #expect(head.status == get.status && head["Content-Length"] == get["Content-Length"])
      #expect(head.headers.map(\.name) == get.headers.map(\.name))
    }
  }

  @Test("the sum up to the greatest number is exact")
  func greatest() throws {
    #expect(try Server("single").get("/api/5e9").body == "12500000002500000000\n")
  }

  @Test("the metrics count every answer, in one line per worker", arguments: Server.models)
  func metrics(model: String) throws {
    let server = try Server(model)
    let client = try server.client()
    for path in ["/", "/nope", "/api/1e3", "/wait/1"] { _ = try client.get(path) }
    let answer = try server.get("/metrics")
    #expect(answer["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8")
    let lines = answer.body.split(separator: "\n")
    for name in ["scaleup_requests_total", "scaleup_requests_in_flight", "scaleup_cpu_seconds_total"] {
      #expect(lines.filter { $0.hasPrefix("# HELP \(name) ") }.count == 1)
      #expect(lines.filter { $0.hasPrefix("# TYPE \(name) ") }.count == 1)
    }
    for worker in 0..<server.record.workers {
      let label = "scaleup_requests_total{worker=\"\(worker)\"} "
      #expect(lines.filter { $0.hasPrefix(label) }.count == 1)
    }
    // Four before the request for them, which is in flight itself.
    #expect(try server.metric("scaleup_requests_total") == 5)
    #expect(try server.metric("scaleup_requests_in_flight") == 1)
    #expect(try server.metric("scaleup_cpu_seconds_total") > 0)
  }
}
