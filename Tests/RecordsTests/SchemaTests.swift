import TestSupport
import Testing

@testable import Records

struct SchemaTests {
  @Test("a record with the three required members is a trial")
  func minimalTrial() throws {
    let record = try decoded(
      TrialRecord.self, #"{"schema":"scaleup.trial/1","result":"50000000005000000000","region":123}"#)
    #expect(record == TrialRecord(result: ExactInteger(50_000_000_005_000_000_000), region: 123))
  }

  @Test("each required member is required", arguments: ["schema", "result", "region"])
  func missingMembers(missing: String) {
    let members = ["schema": #""scaleup.trial/1""#, "result": #""1""#, "region": "1"]
    let text = members.filter { $0.key != missing }.map { "\"\($0)\":\($1)" }.joined(separator: ",")
    #expect(throws: DecodingError.self) { try decoded(TrialRecord.self, "{\(text)}") }
  }

  @Test("unknown members are ignored at every depth")
  func unknownMembers() throws {
    let text = """
      {"schema":"scaleup.trial/1","future":{"a":[1,null]},"result":"3","region":9,"shares":[{"worker":0,
       "result":"3","begin":1,"end":2,"cpuTime":1,"colour":"green","range":{"lower":0,"upper":3,"step":1}}]}
      """
    var expected = TrialRecord(result: ExactInteger(3), region: 9)
    expected.shares = [
      Share(
        worker: 0, range: .init(lower: 0, upper: 3), result: ExactInteger(3), begin: 1, end: 2, cpuTime: 1)
    ]
    #expect(try decoded(TrialRecord.self, text) == expected)
  }

  @Test("a null member counts as absent")
  func nullMembers() throws {
    let text = #"{"schema":"scaleup.trial/1","model":null,"shares":null,"result":"3","region":9}"#
    #expect(try decoded(TrialRecord.self, text) == TrialRecord(result: ExactInteger(3), region: 9))
  }

  @Test(
    "another version is refused, whatever else the record has",
    arguments: [
      "scaleup.trial/2", "scaleup.trial/10", "scaleup.trial/0", "scaleup.trial/", "scaleup.trial/1.1",
    ])
  func unknownVersion(found: String) {
    #expect(throws: RecordError.unknownVersion(found: found, known: .trial)) {
      try decoded(TrialRecord.self, "{\"schema\":\"\(found)\"}")
    }
    #expect(throws: RecordError.unknownVersion(found: found, known: .trial)) {
      try decoded(TrialRecord.self, "{\"region\":\"late\",\"schema\":\"\(found)\",\"result\":\"1\"}")
    }
  }

  @Test(
    "another format is refused",
    arguments: [
      "scaleup.run/1", "scaleup.model/1", "scaleup.trial", "scaleup.trials/1", "", "1", "Scaleup.trial/1",
    ])
  func otherFormat(found: String) {
    #expect(throws: RecordError.otherFormat(found: found, expected: .trial)) {
      try decoded(TrialRecord.self, "{\"schema\":\"\(found)\",\"result\":\"1\",\"region\":1}")
    }
  }

  @Test("a record is not read as another kind of record")
  func mixedKinds() throws {
    var generator = SplitMix64(seed: 15)
    let (trial, run, model) = (generator.trialRecord(), generator.runRecord(), generator.modelDescription())
    #expect(throws: RecordError.otherFormat(found: "scaleup.trial/1", expected: .run)) {
      try decoded(RunRecord.self, encoded(trial))
    }
    #expect(throws: RecordError.otherFormat(found: "scaleup.run/1", expected: .model)) {
      try decoded(ModelDescription.self, encoded(run))
    }
    #expect(throws: RecordError.otherFormat(found: "scaleup.model/1", expected: .trial)) {
      try decoded(TrialRecord.self, encoded(model))
    }
  }

  @Test("a run with a trial of another version is refused")
  func nestedVersion() throws {
    var generator = SplitMix64(seed: 16)
    var run = generator.runRecord()
    run.trials = [
      Trial(
        configuration: 0, round: 0, warmUp: false, report: TrialRecord(result: ExactInteger(1), region: 1))
    ]
    let text = try encoded(run)
    let other = text.split(separator: "scaleup.trial\\/1", omittingEmptySubsequences: false)
      .joined(separator: "scaleup.trial\\/2")
    #expect(other != text)
    #expect(throws: RecordError.unknownVersion(found: "scaleup.trial/2", known: .trial)) {
      try decoded(RunRecord.self, other)
    }
  }

  @Test("a schema that is not a string is refused", arguments: ["1", "null", "[]", "{}", "true"])
  func malformedSchema(schema: String) {
    #expect(throws: DecodingError.self) {
      try decoded(TrialRecord.self, "{\"schema\":\(schema),\"result\":\"1\",\"region\":1}")
    }
  }

  @Test("the error names the found and the known schema")
  func descriptions() {
    let version = RecordError.unknownVersion(found: "scaleup.trial/2", known: .trial)
    #expect(
      "\(version)" == "has the unsupported version 'scaleup.trial/2'; this scaleup reads 'scaleup.trial/1'")
    // Readers of files make it fit for a terminal.
    let long = RecordError.otherFormat(found: String(repeating: "b", count: 999), expected: .run)
    #expect(long.description.count < 200)
    let format = RecordError.otherFormat(found: "x", expected: .run)
    #expect("\(format)" == "is a 'x' record instead of a 'scaleup.run/1' record")
    let newer = RecordError.otherFormat(found: "scaleup.fleet/2", expected: .run)
    #expect(
      "\(newer)"
        == "is a 'scaleup.fleet/2' record, an unsupported version (this scaleup reads 'scaleup.fleet/1'), instead of a "
        + "'scaleup.run/1' record")
  }
}
