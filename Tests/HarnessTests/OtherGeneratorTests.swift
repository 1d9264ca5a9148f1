import Platform
import Records
import TestSupport
import Testing

@testable import Harness

/// Reports of wrk and ab: recorded ones, and what could come instead.
struct OtherGeneratorTests {
  private static let wrk = """
    Running 1s test @ http://127.0.0.1:39117/
      1 threads and 8 connections
      Thread Stats   Avg      Stdev     Max   +/- Stdev
        Latency    19.86ms   21.11ms 181.79ms   88.98%
        Req/Sec   502.00    334.52     1.12k    70.00%
      520 requests in 1.05s, 62.97KB read
      Socket errors: connect 0, read 226, write 1, timeout 3
      Non-2xx or 3xx responses: 20
    Requests/sec:    495.09
    Transfer/sec:     59.95KB

    """

  private static let ab = """
    This is ApacheBench, Version 2.3 <$Revision$>
    Benchmarking 127.0.0.1 (be patient).....done


    Server Software:        Complete requests: 7
    Server Hostname:        127.0.0.1
    Server Port:            39117

    Document Path:          /x
    Document Length:        Variable

    Concurrency Level:      8
    Time taken for tests:   1.001 seconds
    Complete requests:      221
    Failed requests:        2
    Non-2xx responses:      21
    Keep-Alive requests:    0
    Total transferred:      18564 bytes
    Requests per second:    220.70 [#/sec] (mean)

    """

  private func record(_ generator: OtherGenerator, _ output: String) throws(ReportError) -> LoadRecord {
    try generator.record(output, path: "/x", connections: 8)
  }

  @Test("a report of wrk is read, and its latencies are not")
  func wrkReport() throws {
    let load = try record(.wrk, Self.wrk)
    #expect(load.contradiction == nil && load.generator == "wrk" && load.latency.isEmpty)
    #expect(load.answered == 500 && load.sent == 520 + 230 && load.duration == 1_050_000_000)
    #expect(load.errors[.badStatus] == 20 && load.errors[.connectionReset] == 227)
    #expect(load.errors[.timeout] == 3)
    #expect((load.achievedRate - 500 / 1.05).magnitude < 0.01)
    let plain = try record(.wrk, "  7 requests in 2.00m, 1.00MB read\n")
    #expect(plain.answered == 7 && plain.errors.total == 0 && plain.duration == 120_000_000_000)
  }

  @Test("a report of ab is read, whatever the server calls itself")
  func abReport() throws {
    let load = try record(.ab, Self.ab)
    #expect(load.contradiction == nil && load.generator == "ab" && load.latency.isEmpty)
    #expect(load.answered == 200 && load.sent == 223 && load.duration == 1_001_000_000)
    #expect(load.errors[.badStatus] == 21 && load.errors[.connectionReset] == 2)
  }

  @Test("a report that lacks a number, has it twice or has one that cannot be is refused")
  func malformed() throws {
    for (generator, text) in [(OtherGenerator.wrk, Self.wrk), (.ab, Self.ab)] {
      let broken = [
        "", text + text, text.replacing("520", with: "-520").replacing("221", with: "2e21"),
        text.replacing("520", with: "1234567890123456").replacing("221", with: "1234567890123456"),
        text.replacing("1.05s", with: "0.00s").replacing("1.001", with: "nan"),
        text.replacing("1.05s", with: "1.05d").replacing("1.001", with: "1.0.1"),
        text.replacing("1.05s", with: "s").replacing("1.001", with: "99999999999"),
        text.replacing("responses: 20", with: "responses: x").replacing(
          "responses:      21", with: "responses:      x"),
        text.replacing("write 1", with: "writes 1").replacing("Failed requests", with: "Failed"),
      ]
      for output in broken {
        #expect(throws: ReportError.self, "\(output)") { try record(generator, output) }
      }
    }
  }

  @Test("no change of a report makes a record that contradicts itself")
  func changed() throws {
    var random = SplitMix64(seed: 18)
    for (generator, text) in [(OtherGenerator.wrk, Self.wrk), (.ab, Self.ab)] {
      for _ in 0..<2000 {
        var bytes = Array(text.utf8)
        for _ in 0..<(1 + random.next() % 4) {
          let place = Int(random.next() % UInt64(bytes.count))
          if random.next() % 3 == 0 {
            bytes.remove(at: place)
          } else {
            bytes[place] = UInt8(truncatingIfNeeded: random.next())
          }
        }
        guard let load = try? record(generator, String(decoding: bytes, as: UTF8.self)) else { continue }
        #expect(load.contradiction == nil && load.achievedRate.isFinite)
      }
    }
  }

  @Test("they measure whole seconds")
  func wholeSeconds() {
    let second: UInt64 = 1_000_000_000
    for (time, whole) in [(0, 1), (1, 1), (second, 1), (second + 1, 2), (3 * second, 3)] as [(UInt64, UInt64)]
    {
      #expect(OtherGenerator.duration(atLeast: time) == whole * second)
    }
    #expect(
      OtherGenerator.wrk.arguments(url: "u", connections: 8, duration: 2 * second)
        == ["-t1", "-c8", "-d2s", "u"])
    #expect(OtherGenerator.ab.arguments(url: "u", connections: 8, duration: second).contains("1000000"))
  }
}
