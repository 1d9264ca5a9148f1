import HTTP
import Testing

@testable import Load

struct LoadTargetTests {
  @Test(
    "this machine needs no permission, and its name no look-up",
    arguments: [
      ("http://localhost/", "127.0.0.1", 80), ("http://LocalHost.:8080", "127.0.0.1", 8080),
      ("http://127.1.2.3:1", "127.1.2.3", 1), ("http://[::1]:99/a", "::1", 99),
    ])
  func loopback(url: String, address: String, port: Int) throws {
    let target = try LoadTarget(URLParts(url))
    #expect(target.address == address && target.port == port)
  }

  @Test(
    "another machine needs permission",
    arguments: [
      "http://10.0.0.1/", "http://[::2]/", "http://localhost.example.com/", "http://[::ffff:127.0.0.1]/",
    ])
  func remote(url: String) throws {
    let parts = try URLParts(url)
    #expect(throws: LoadTarget.Problem.remote(parts.host)) { try LoadTarget(parts) }
    if parts.hostKind != .name {
      #expect(try LoadTarget(parts, isRemoteAllowed: true).address == parts.host)
    }
  }
}
