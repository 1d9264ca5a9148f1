import Testing

@testable import HTTP

struct RequestWriterTests {
  @Test("a request has its host, headers and body, and the server reads it back")
  func roundTrip() throws {
    let writer = try RequestWriter(host: "a:8080", headers: HeaderBlock(["Accept": "*/*"]))
    var output: [UInt8] = []
    try writer.append("GET", "/api/1?x", into: &output)
    #expect(
      String(decoding: output, as: UTF8.self)
        == "GET /api/1?x HTTP/1.1\r\nHost: a:8080\r\nAccept: */*\r\n\r\n")
    try writer.append("POST", "/", body: Array("hello".utf8), into: &output)
    try writer.append("HEAD", "http://b/", body: [], closes: true, into: &output)
    let events = requestEvents([output[...]])
    #expect(events.map(\.message?.method) == ["GET", "POST", "HEAD"])
    #expect(events.map(\.message?.bodyLength) == [0, 5, 0])
    #expect(events.map(\.message?.host) == ["a:8080", "a:8080", "b"])
    #expect(events.map(\.message?.keepsAlive) == [true, true, false])
  }

  @Test("a method, target or host that a server would refuse is not sent")
  func invalid() throws {
    let writer = try RequestWriter(host: "a")
    var output: [UInt8] = []
    for method in ["", "G T", "GET\r\n", "CONNECT"] {
      #expect(throws: RequestWriter.Problem.invalidMethod(method)) {
        try writer.append(method, "/", into: &output)
      }
    }
    for target in ["", "a", "/ HTTP/1.1\r\nX: y", "/\n", "*", "/%", "/#"] {
      #expect(throws: RequestWriter.Problem.invalidTarget(target)) {
        try writer.append("GET", target, into: &output)
      }
    }
    #expect(output.isEmpty)
    for host in ["a\r\nX: y", "a b", "a:x", "u@a"] {
      #expect(throws: RequestWriter.Problem.invalidHost(host)) { try RequestWriter(host: host) }
    }
  }
}
