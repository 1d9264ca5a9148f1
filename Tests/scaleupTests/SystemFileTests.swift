import Harness
import TestSupport
import Testing

@testable import scaleup

/// The JSON of systems.
struct SystemFileTests {
  private static let web = #"{"name":"web","kind":"web","read":"5ms"}"#

  private func problem(_ json: String) -> String? {
    do throws(JSON.ReadError) {
      _ = try JSON.decode(SystemFile.self, from: json)
      return nil
    } catch {
      return error.description
    }
  }

  @Test("a tier keeps what a stage does not mention, and a stage without tiers keeps them all")
  func stages() throws {
    let file = try JSON.decode(
      SystemFile.self,
      from: """
        {"readShare":0.9,"perUser":"20/day","tiers":[
          {"name":"web","kind":"web","read":"5ms","write":"0.2s","instances":4,"cores":2,"zones":2},
          {"name":"data","kind":"database","read":"0.5ms","write":"1ms","replicaWrite":"0.5ms","replicas":2}],
         "stages":[{"name":"a","users":1e6},
          {"name":"b","rate":5,"tiers":[{"name":"data","shards":3},{"name":"web","instances":8,"write":"0s"}]},
          {"name":"c","reads":"1e11/month","writes":"400/s","tiers":[{"name":"web","cores":16}]}]}
        """)
    #expect(file.thinkTime == 5 && file.stages.map(\.name) == ["a", "b", "c"])
    #expect(file.stages[0].tiers == file.tiers)
    let (data, web) = (file.stages[1].tiers[0], file.stages[1].tiers[1])
    #expect(data.shards == 3 && data.replicas == 2 && data.replicaWrite == 0.0005 && data.read == 0.0005)
    #expect(web.instances == 8 && web.cores == 2 && web.zones == 2 && web.write == 0 && web.read == 0.005)
    #expect(file.stages[2].tiers.map(\.cores) == [16] && file.stages[2].tiers[0].instances == 8)
  }

  @Test(
    "a wrong system is refused by name",
    arguments: [
      ("", "is empty"), ("[]", "not an object"), ("{}", "lacks 'tiers' in the system"),
      (#"{"tiers":[]}"#, "'tiers' in the system that is empty"),
      (#"{"tiers":{}}"#, "not an array"), (#"{"tiers":[5]}"#, "tier 1 is expected"),
      (#"{"tiers":[\#(web)],"speed":1}"#, "unknown field in the system: 'speed'"),
      (#"{"tiers":[\#(web),\#(web)]}"#, "the name 'web' twice"),
      (#"{"tiers":[\#(web)],"thinkTime":"0s"}"#, "'thinkTime'"),
      (
        #"{"tiers":[\#(web)],"thinkTime":5}"#, "'thinkTime' in the system that is not a text (expected a time"
      ),
      (
        #"{"tiers":[\#(web)],"readShare":1.5}"#,
        "'readShare' in the system that is 1.5 (expected a number from 0 to 1)"
      ),
      (#"{"tiers":[\#(web)],"perUser":"20"}"#, "'perUser' in the system that is '20'"),
      (#"{"tiers":[{"kind":"web"}]}"#, "lacks 'name' in tier 1"),
      (#"{"tiers":[{"name":"web"}]}"#, "lacks 'kind' in tier 1"),
      (
        #"{"tiers":[{"name":"web","kind":"server"}]}"#,
        "'server' (expected web, application, cache, database, queue)"
      ),
      (
        #"{"tiers":[{"name":"web","kind":"web","hitRatio":0.5}]}"#,
        "unknown field in the web tier 'web': 'hitRatio'"
      ),
      (
        #"{"tiers":[{"name":"d","kind":"database","instances":2}]}"#, "unknown field in the database tier 'd'"
      ),
      (#"{"tiers":[{"name":"w","kind":"web","read":"8"}]}"#, "'read' in the web tier 'w' that is '8'"),
      (#"{"tiers":[{"name":"w","kind":"web","read":"-1ms"}]}"#, "'-1ms'"),
      (#"{"tiers":[{"name":"w","kind":"web","read":"2h"}]}"#, "at most 3600 s"),
      (#"{"tiers":[{"name":"w","kind":"web","read":0.008}]}"#, "such as \"8ms\""),
      (#"{"tiers":[{"name":"w","kind":"web","cores":0}]}"#, "'cores' in the web tier 'w' that is 0"),
      (#"{"tiers":[{"name":"w","kind":"web","cores":2000}]}"#, "from 1 to 1024"),
      (#"{"tiers":[{"name":"w","kind":"web","instances":1.5}]}"#, "'instances'"),
      (#"{"tiers":[{"name":"w","kind":"web","instances":1e300}]}"#, "'instances'"),
      (#"{"tiers":[{"name":"w","kind":"web","instances":2,"zones":3}]}"#, "at most 2, its instances"),
      (#"{"tiers":[{"name":"d","kind":"database","zones":2}]}"#, "at most 1, the copies of its data"),
      (#"{"tiers":[{"name":"d","kind":"database","replicas":16}]}"#, "from 0 to 15"),
      (#"{"tiers":[{"name":"d","kind":"database","replicas":9,"shards":200000}]}"#, "from 1 to 100000"),
      (
        #"{"tiers":[{"name":"d","kind":"database","write":"1ms","replicaWrite":"2ms"}]}"#,
        "longer than 'write'"
      ),
      (#"{"tiers":[{"name":"c","kind":"cache"}]}"#, "lacks 'hitRatio'"),
      (
        #"{"tiers":[{"name":"c","kind":"cache","hitRatio":80}]}"#,
        "'hitRatio' in the cache tier 'c' that is 80"
      ),
      (stage(#""rate":5"#, top: ""), "lacks 'readShare'"), (stage(#""users":5"#), "lacks 'perUser'"),
      (stage(""), "0 kinds of traffic in stage 1"), (stage(#""rate":5,"users":5"#), "2 kinds of traffic"),
      (stage(#""rate":0"#), "'rate' in stage 1 that is 0"), (stage(#""rate":1e10"#), "'rate'"),
      (stage(#""reads":"5""#), "'reads' in stage 1 that is '5'"), (stage(#""rate":5,"cores":1"#), "'cores'"),
      (stage(#""rate":5,"tiers":[{"name":"web","kind":"cache"}]"#), "'cache' (expected web, as before)"),
      (stage(#""rate":5,"tiers":[{"name":"new"}]"#), "lacks 'kind'"),
      (stage(#""rate":5,"tiers":[]"#), "is empty"),
      (#"{"tiers":[\#(web)],"stages":[{"rate":5}]}"#, "lacks 'name' in stage 1"),
      (
        #"{"tiers":[\#((1...21).map { #"{"name":"\#($0)","kind":"web"}"# }.joined(separator: ","))]}"#,
        "at most 20"
      ),
      (
        #"{"readShare":1,"tiers":[\#(web)],"stages":[\#(Array(repeating: #"{"name":"s","rate":1}"#, count: 31).joined(separator: ","))]}"#,
        "at most 30"
      ),
    ])
  func refused(json: String, words: String) {
    let problem = problem(json)
    #expect(problem?.contains(words) == true, "\(problem ?? "accepted")")
    #expect(problem?.contains("\n") == false)
  }

  private static func stage(_ fields: String, top: String = #""readShare":0.5,"#) -> String {
    #"{\#(top)"tiers":[\#(web)],"stages":[{"name":"s"\#(fields.isEmpty ? "" : ",")\#(fields)}]}"#
  }

  @Test("damaged systems are refused or read, never a trap")
  func damaged() {
    var random = SplitMix64(seed: 26)
    let text = """
      {"readShare":0.9,"perUser":"20/day","tiers":[\(Self.web),{"name":"d","kind":"database","read":"1ms","replicas":2,
      "shards":3}],"stages":[{"name":"s","users":1e6,"tiers":[{"name":"web","instances":3,"zones":2},{"name":"d"}]}]}
      """
    let pieces = ["-", "9", "e99", "null", "true", "[", "]", "{", "}", "\"", ",", ":", "0.5", "\"x\""]
    for _ in 0..<500 {
      var characters = Array(text)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<characters.count, using: &random)
        characters.replaceSubrange(
          place..<min(characters.count, place + Int.random(in: 0...2, using: &random)),
          with: pieces.randomElement(using: &random) ?? "")
      }
      if let file = try? JSON.decode(SystemFile.self, from: String(characters)) {
        #expect(!file.tiers.isEmpty && file.tiers.allSatisfy { $0.machines > 0 })
      }
    }
  }
}
