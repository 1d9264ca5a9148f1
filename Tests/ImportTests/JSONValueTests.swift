import TestSupport
import Testing

@testable import Import

struct JSONValueTests {
  @Test(
    "JSON is read, and also the numbers that are none, which Google Benchmark writes",
    arguments: [
      ("null", .null), (" [true, false] ", .array([.boolean(true), .boolean(false)])),
      ("-1.5e3", .number(-1500)),
      (#"{"a": [], "b": {}}"#, .object(["a": .array([]), "b": .object([:])])),
      (#""a\n\"\\\/\u00e9\ud83d\ude00""#, .string("a\n\"\\/é😀")),
      ("Infinity", .number(.infinity)), ("-Infinity", .number(-.infinity)),
    ] as [(String, JSONValue)])
  func read(text: String, value: JSONValue) throws {
    #expect(try JSONValue.read(text) == value)
  }

  @Test(
    "a text that is not JSON is refused, however deep it is nested",
    arguments: ["", "{\n\"a\":\n", "[1,", "[1\n2]", "[1] 2", "[\n\"a\nb\"]", "\"a", "[1e999]", "[é]"]
      + [String(repeating: "[", count: 1_000_000), String(repeating: #"{"a":"#, count: 1_000_000)])
  func refused(text: String) {
    #expect(throws: JSONFormatError.invalid) { try JSONValue.read(text) }
  }

  @Test(
    "a file of no known program is refused by what it has",
    arguments: [
      ("[]", "is JSON without members (expected that of hyperfine, with 'results'"),
      (#"{"machine_info": {}, "runs": []}"#, "is JSON with 'machine_info,runs' (expected"),
      (#"{"schema": "scaleup.fit/1"}"#, "is a 'scaleup.fit/1' record (expected a run"),
      ("{", "is not valid JSON"),
    ])
  func unknown(text: String, message: String) throws {
    let error = try #require(throws: ImportError.self) { try ScalingData(text) }
    #expect("\(error)".contains(message), "\(error)")
  }

  @Test("any change to recorded files gives trials, or a problem on one line")
  func fuzz() throws {
    let files = ["hyperfine.json", "hyperfine-commands.json", "google-benchmark-1.9.json", "hyperfine.csv"]
    var fuzz = Fuzz(try files.map(recorded), seed: 19)
    let accepted = fuzz.run(500) { text in
      do throws(ImportError) {
        let data = try ScalingData(text)
        #expect(data.groups.allSatisfy { !$0.samples.isEmpty })
        #expect(data.groups.flatMap(\.samples).allSatisfy { $0.throughput > 0 && $0.throughput.isFinite })
        return true
      } catch {
        #expect(!error.description.contains("\n"))
        return false
      }
    }
    #expect(accepted > 10)
  }
}
