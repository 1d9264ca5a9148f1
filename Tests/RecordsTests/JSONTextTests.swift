import TestSupport
import Testing

@testable import Records

struct JSONTextTests {
  @Test("a trial record is written as JSONEncoder writes it")
  func trialRecords() throws {
    try check { $0.trialRecord() }
  }

  @Test("a share is written as JSONEncoder writes it")
  func shares() throws {
    try check { $0.share() }
  }

  @Test("a model description is written as JSONEncoder writes it")
  func modelDescriptions() throws {
    try check { $0.modelDescription() }
  }

  @Test("a record with every member writes every member that an executable reports")
  func allMembers() throws {
    var record = TrialRecord(result: ExactInteger(1), region: 1)
    (record.model, record.workload, record.kernel) = ("m", "w", "k")
    (record.workers, record.load) = (1, 100)
    (record.upTo, record.duration, record.peakMemory) = (1, 1, 1)
    (record.operation, record.size) = ("o", 8)
    (record.instructionSet, record.schedule, record.grain, record.regions) = ("i", "s", 1, [1])
    (record.threadsPerRank, record.placement, record.placedCPUs) = (1, "p", 1)
    record.hosts = [HostUse(name: "h", ranks: 1, cores: 1, cpuTime: 1, clockOffset: -1, clockError: 1)]
    var share =
      Share(
        worker: 0, range: .init(lower: 0, upper: 1), chunks: 1, numbers: 1, result: ExactInteger(1), begin: 0,
        end: 1, cpuTime: 1,
        core: 0, peakMemory: 1, slices: [1])
    (share.host, share.arrival, share.communication) = (0, 1, 1)
    record.shares = [share]
    record.restarts = [Restart(worker: 0, region: 0, cause: "c", at: 1, lost: 1)]
    let members = Set(Mirror(reflecting: record).children.compactMap(\.label))
      .subtracting(["traffic", "sharesCPUs", "outputHash", "leftBehind"])
    #expect(members.count == 23)
    #expect(try JSON(record.jsonText).keys == members)
    #expect(try JSON(share.jsonText).keys == Set(Mirror(reflecting: share).children.compactMap(\.label)))
    let restart = try #require(record.restarts?.first)
    #expect(try JSON(restart.jsonText).keys == Set(Mirror(reflecting: restart).children.compactMap(\.label)))
    let host = try #require(record.hosts?.first)
    #expect(try JSON(host.jsonText).keys == Set(Mirror(reflecting: host).children.compactMap(\.label)))
  }

  @Test("control characters, quotes and backslashes are escaped, and nothing else")
  func everyScalar() throws {
    for value in UInt32(0)...0x2FF {
      let scalar = try #require(Unicode.Scalar(value))
      let text = String(Character(scalar))
      let json = text.jsonText
      #expect(try decoded(String.self, json) == text, "U+\(value)")
      let mustEscape = value < 0x20 || text == "\"" || text == "\\"
      #expect(json.utf8.count == text.utf8.count + 2 || mustEscape, "U+\(value)")
      #expect(json.unicodeScalars.allSatisfy { $0.value >= 0x20 }, "U+\(value)")
    }
  }

  @Test("strings are written as RFC 8259 specifies")
  func strings() {
    #expect("".jsonText == #""""#)
    #expect("say \"hi\" \\ /".jsonText == #""say \"hi\" \\ /""#)
    #expect("a\nb\u{1F}\u{0}".jsonText == #""a\u000ab\u001f\u0000""#)
    #expect("👩‍🚀 é 字".jsonText == #""👩‍🚀 é 字""#)
    // One character to Swift, two to JSON: the second must still be seen.
    #expect("\r\n".jsonText == #""\u000d\u000a""#)
    #expect("\"\u{301}".jsonText == "\"\\\"\u{301}\"")
  }

  @Test("random strings are read back unchanged")
  func randomStrings() throws {
    var generator = SplitMix64(seed: 13)
    for _ in 0..<1000 {
      let text = generator.text()
      let copy = try decoded(String.self, text.jsonText)
      #expect(Array(copy.unicodeScalars) == Array(text.unicodeScalars))
    }
  }

  @Test("a record is one line, whatever text it contains")
  func oneLine() {
    var generator = SplitMix64(seed: 14)
    for _ in 0..<200 {
      let text = generator.trialRecord().jsonText
      #expect(!text.utf8.contains(10) && !text.utf8.contains(13))
    }
  }

  private func check<Value: Codable & Equatable & JSONTextConvertible>(
    _ make: (inout SplitMix64) -> Value
  ) throws {
    var generator = SplitMix64(seed: 12)
    for _ in 0..<150 {
      let value = make(&generator)
      #expect(try JSON(value.jsonText) == JSON(encoded(value)), "\(value.jsonText)")
      #expect(try decoded(Value.self, value.jsonText) == value)
      #expect(try encoded(decoded(Value.self, value.jsonText)) == encoded(value))
    }
  }
}
