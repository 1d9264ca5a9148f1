import Platform
import Records
import TestSupport
import Testing

@testable import Harness

/// Returns the error of reading a results file; `nil` if there is none.
func fileProblem(at path: String) -> String? {
  do throws(RunFileError) {
    _ = try RunFile.read(path)
    return nil
  } catch {
    return error.description
  }
}

/// A small run of two trials.
func smallRun() -> RunRecord {
  var run = newRun(Plan(configurations: [stress("fork", 2)], trials: 2, warmUps: 0))
  run.trials = [
    Trial(configuration: 0, round: 0, warmUp: false, failure: "it \"broke\""),
    Trial(
      configuration: 0, round: 1, warmUp: false, process: processRecord(wall: 1),
      report: TrialRecord(result: ExactInteger(7), region: 9)),
  ]
  return run
}

struct RunFileTests {
  private let expectation = " (expected a results file written by scaleup run)"

  @Test("a page is read as the runs it contains, each with its JSON")
  func pages() throws {
    try withTemporaryFolder { folder in
      var runs = RandomRuns(seed: 23)
      let records = (1...3).map { runs.run(trials: $0) }
      let texts = try records.map(RunEncoder.text)
      for count in 0...3 {
        let elements = texts.prefix(count).map { EmbeddedRecord(json: $0).text }
        try File.replace("\(folder)/page", with: "<!DOCTYPE html>\(elements.joined())".utf8)
        if count == 1 { #expect(try RunFile.read("\(folder)/page") == records[0]) }
        if count > 0 {
          #expect(try RunFile.entries(of: "\(folder)/page").map(\.record) == Array(records.prefix(count)))
        }
        let problem = ["is a page without runs", nil, "has 2 runs", "has 3 runs"][count]
        let found = fileProblem(at: "\(folder)/page")
        #expect((problem == nil) == (found == nil) && found?.contains(problem ?? "") != false)
      }
      try File.replace("\(folder)/run", with: texts[2].utf8)
      #expect(try RunFile.entries(of: "\(folder)/run").map(\.json) == [texts[2]])
    }
  }

  @Test("a results file is read back unchanged, over many random runs")
  func roundTrip() throws {
    try withTemporaryFolder { folder in
      var runs = RandomRuns(seed: 17)
      for count in 0..<50 {
        let run = runs.run(trials: count % 10)
        try File.replace("\(folder)/run.json", with: RunEncoder.text(of: run).utf8)
        #expect(try RunFile.read("\(folder)/run.json") == run)
      }
    }
  }

  @Test("a results file truncated at any byte is a problem, never a crash or a partial run")
  func truncation() throws {
    let run = smallRun()
    let bytes = Array(try RunEncoder.text(of: run).utf8)
    try withTemporaryFolder { folder in
      let path = "\(folder)/run.json"
      for count in bytes.indices.dropLast() {
        try write(bytes.prefix(count), to: path)
        let problem = try #require(fileProblem(at: path))
        #expect(problem.hasPrefix("\(path) is ") && problem.hasSuffix(expectation))
      }
      // The line feed at the end is no part of the JSON.
      for count in [bytes.count - 1, bytes.count] {
        try write(bytes.prefix(count), to: path)
        #expect(try RunFile.read(path) == run)
      }
    }
  }

  @Test("a results file with any changed byte is a run or a problem on one line")
  func corruption() throws {
    var generator = SplitMix64(seed: 18)
    let bytes = Array(try RunEncoder.text(of: smallRun()).utf8)
    try withTemporaryFolder { folder in
      let path = "\(folder)/run.json"
      var problems = 0
      for position in bytes.indices {
        var changed = bytes
        changed[position] = UInt8(truncatingIfNeeded: generator.next())
        try write(changed, to: path)
        guard let problem = fileProblem(at: path) else { continue }
        problems += 1
        #expect(!problem.contains(where: \.isNewline) && problem.hasSuffix(expectation))
      }
      #expect(problems > bytes.count / 2)
    }
  }

  @Test(
    "a file of another kind is refused, with its kind",
    arguments: [
      ("", "is empty: its run saved no trial"),
      (" \n\t\r\n", "is empty"), ("rubbish", "is truncated or not JSON"),
      ("\u{0}\u{0}", "has a zero byte, so it is not text"),
      (String(repeating: "[", count: 100_000), "is truncated or not JSON"),
      ("[]", "has an unexpected value"), ("{}", "lacks 'schema'"), ("null", ""), ("7", ""),
      (#"{"schema":7}"#, "has an unexpected value at 'schema'"),
      (
        #"{"schema":"scaleup.run/2"}"#,
        "has the unsupported version 'scaleup.run/2'; this scaleup reads 'scaleup.run/1'"
      ),
      (
        #"{"schema":"scaleup.trial/1","result":"5050","region":12}"#,
        "is a 'scaleup.trial/1' record instead of a 'scaleup.run/1' record"
      ),
      (
        #"{"schema":"scaleup.plan/1"}"#,
        "is a 'scaleup.plan/1' record, which only scaleup report reads, instead of a 'scaleup.run/1' record"
      ),
      (#"{"schema":"scaleup.run/1"}"#, "lacks 'version'"),
    ])
  func otherContent(content: String, reason: String) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/run.json"
      try write(content.utf8, to: path)
      let problem = try #require(fileProblem(at: path))
      #expect(problem.hasPrefix("\(path) \(reason)") && problem.hasSuffix(expectation))
    }
  }

  @Test("a results file in UTF-16 is read, and a compressed one is refused as such")
  func encodings() throws {
    let text = try RunEncoder.text(of: smallRun())
    try withTemporaryFolder { folder in
      let path = "\(folder)/run.json"
      let units = ([0xFEFF] + Array(text.utf16)).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
      try write(units, to: path)
      #expect(try RunFile.read(path) == smallRun())
      try write([0x1F, 0x8B, 8, 0], to: path)
      #expect(try #require(fileProblem(at: path)).hasPrefix("\(path) is a gzip file; decompress "))
    }
  }

  @Test("two runs in one file, and numbers that another tool rounded, are named as such")
  func rewritten() throws {
    let text = try RunEncoder.text(of: smallRun())
    var run = smallRun()
    run.plan.seed = .max
    let large = try RunEncoder.text(of: run)
    let seed = #""seed":18446744073709551615"#
    try #require(large.contains(seed))
    let cases = [
      (text + text, "has several records, one after the other, instead of one"),
      (text + "\n{\"a\": \"}\"}", "has several records"),
      (
        large.replacing(seed, with: #""seed":18446744073709552000"#),
        "has a number out of range; tools that round"
      ),
      (
        large.replacing(seed, with: #""seed":1.8446744073709552e+19"#),
        "has a number out of range; tools that round"
      ),
      (text + "]", "is truncated or not JSON"),
    ]
    try withTemporaryFolder { folder in
      let path = "\(folder)/run.json"
      for (content, reason) in cases {
        try write(content.utf8, to: path)
        let problem = try #require(fileProblem(at: path))
        #expect(problem.hasPrefix("\(path) \(reason)") && problem.hasSuffix(expectation), "\(problem)")
      }
      try write(large.utf8, to: path)
      #expect(fileProblem(at: path) == nil)
    }
  }

  @Test("an unknown version is refused first, whatever else is wrong")
  func unknownVersion() throws {
    let text = try RunEncoder.text(of: smallRun()).replacing("scaleup.run/1", with: "scaleup.run/2")
    try withTemporaryFolder { folder in
      try write(text.utf8, to: "\(folder)/run.json")
      #expect(
        try #require(fileProblem(at: "\(folder)/run.json")).contains(
          "has the unsupported version 'scaleup.run/2'"))
    }
  }

  @Test(
    "a record of another kind and version is refused with the version that can be read",
    arguments: ["granularity", "capacity", "plan", "fleet"])
  func unknownVersion(of kind: String) throws {
    let readers: [String: (String) throws -> Bool] = [
      "granularity": { try GranularityRecord.read($0) != nil },
      "capacity": { try CapacityRecord.read($0) != nil },
      "plan": { try PlanRecord.read($0) != nil }, "fleet": { try FleetRecord.read($0) != nil },
    ]
    try withTemporaryFolder { folder in
      let path = "\(folder)/record.json"
      try write(#"{"schema":"scaleup.\#(kind)/2"}"#.utf8, to: path)
      for (name, read) in readers {
        if name == kind {
          #expect {
            _ = try read(path)
          } throws: { error in
            "\(error)"
              == "\(path) has the unsupported version 'scaleup.\(kind)/2'; this scaleup reads 'scaleup.\(kind)/1'"
          }
        } else {
          #expect(try !read(path))
        }
      }
    }
  }

  @Test("unknown members are ignored")
  func unknownMembers() throws {
    let run = smallRun()
    let text = try RunEncoder.text(of: run).replacing("\"host\":", with: "\"extra\":[{\"a\":null}],\"host\":")
    try withTemporaryFolder { folder in
      try write(text.utf8, to: "\(folder)/run.json")
      #expect(try RunFile.read("\(folder)/run.json") == run)
    }
  }

  @Test("a missing file or a directory is reported as such")
  func notAFile() throws {
    try withTemporaryFolder { folder in
      let missing = try #require(fileProblem(at: "\(folder)/missing.json"))
      #expect(missing.contains("\(folder)/missing.json: No such file or directory"))
      let isDirectory = try #require(fileProblem(at: folder))
      #expect(isDirectory.contains("\(folder): Is a directory"))
      #expect(missing.hasSuffix(expectation) && isDirectory.hasSuffix(expectation))
    }
  }

  @Test("a problem is one line without terminal codes, whatever the file's name")
  func hostilePath() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/a\nb\u{1B}[31m.json"
      let missing = try #require(fileProblem(at: path))
      try write("rubbish".utf8, to: path)
      for text in [missing, try #require(fileProblem(at: path))] {
        #expect(text.unicodeScalars.allSatisfy { $0 >= " " })
        #expect(text.hasSuffix(expectation))
      }
    }
  }
}
