import Records
import Testing

@testable import Harness

struct ContradictionTests {
  /// Returns the error of the small run's file after a part of it was replaced.
  private func refusal(replacing part: String, with other: String) throws -> String? {
    let text = try RunEncoder.text(of: smallRun())
    try #require(text.contains(part))
    var problem: String?
    try withTemporaryFolder { folder in
      try write(text.replacing(part, with: other).utf8, to: "\(folder)/run.json")
      problem = fileProblem(at: "\(folder)/run.json")
    }
    return problem
  }

  @Test(
    "a results file with a trial outside its plan is refused",
    arguments: [1, -1, Int.max, Int.min])
  func configuration(position: Int) throws {
    let problem = try refusal(replacing: #""configuration":0"#, with: #""configuration":\#(position)"#)
    #expect(
      try #require(problem).contains(" has a trial whose configuration is not in its plan (expected"))
  }

  @Test(
    "a results file with a negative or impossibly large count is refused",
    arguments: [#""workers":2"#, #""trials":2"#, #""warmUps":0"#, #""effectiveCPUs":4"#])
  func counts(member: String) throws {
    let name = member.split(separator: ":")[0]
    for count in ["-1", "1000000001", "9223372036854775807", "-9223372036854775808"] {
      let problem = try refusal(replacing: member, with: "\(name):\(count)")
      #expect(try #require(problem).contains(" has an invalid value at '"))
      #expect(try #require(problem).contains("\(name.filter { $0 != "\"" })': \(count) (expected"))
    }
    for value in ["\"2\"", "null", "[]", "true"] {
      let problem = try refusal(replacing: member, with: "\(name):\(value)")
      #expect(try #require(problem).contains(" has an unexpected value at '"))
    }
    // Foundation does not tell these apart from what is no JSON at all.
    for count in ["9223372036854775808", "1e300", "1.5"] {
      let problem = try refusal(replacing: member, with: "\(name):\(count)")
      #expect(try #require(problem).hasSuffix(" (expected a results file written by scaleup run)"))
    }
  }

  @Test("counts at the limits of what is possible are valid", arguments: [0, 1_000_000_000])
  func possibleCounts(count: Int) throws {
    for name in ["workers\":2", "trials\":2", "warmUps\":0", "effectiveCPUs\":4"] {
      let member = name.split(separator: "\"")[0]
      #expect(try refusal(replacing: "\"\(name)", with: "\"\(member)\":\(count)") == nil)
    }
  }

  @Test(
    "a results file with impossible machine facts is refused", arguments: [-1, Int.max])
  func machines(cores: Int) throws {
    let host = #""hosts":[{"name":"h","ranks":1,"cores":\#(cores),"cpuTime":1}]"#
    let problem = try refusal(replacing: #""region":9"#, with: #""region":9,\#(host)"#)
    #expect(
      try #require(problem).contains(" has an invalid value at 'trials.1.report.hosts.0.cores': \(cores) ("))
  }

  @Test(
    "a results file with a number out of range is refused",
    arguments: ["-9", "18446744073709551616", "1e999", "[]"])
  func region(number: String) throws {
    let problem = try #require(try refusal(replacing: #""region":9"#, with: #""region":\#(number)"#))
    #expect(problem.hasSuffix(" (expected a results file written by scaleup run)"))
  }

  @Test(
    "a results file with an amount that would overflow is refused, with its place",
    arguments: [
      (#""wall":1"#, "trials.1.process.wall", "9223372036854775808"),
      (#""wall":1"#, "trials.1.process.wall", "1000000000000000001"),
      (#""userTime":1"#, "trials.1.process.userTime", "18446744073709551615"),
      (#""minorPageFaults":5"#, "trials.1.process.minorPageFaults", "-1"),
      (#""region":9"#, "trials.1.report.region", "18446744073709551615"),
      (#""round":1"#, "trials.1.round", "-1"),
      (#""duration":1000"#, "plan.configurations.0.duration", "18446744073709551615"),
    ])
  func amounts(member: String, place: String, value: String) throws {
    let name = member.split(separator: ":")[0]
    let problem = try #require(try refusal(replacing: member, with: "\(name):\(value)"))
    #expect(problem.contains(" has an invalid value at '\(place)': \(value) (expected"))
  }

  @Test(
    "a results file with an impossible date is refused",
    arguments: [
      "", "yesterday", "2026-01-02", "2026-13-02T03:04:05Z", "2026-01-32T03:04:05Z", "2026-01-02T24:04:05Z",
      "+292277026596-12-04T15:30:07Z", "2026-01-02T03:04:05+01:00", "２026-01-02T03:04:05Z",
    ])
  func dates(date: String) throws {
    let problem = try #require(try refusal(replacing: "2026-01-02T03:04:05Z", with: date))
    #expect(problem.contains(" has an invalid value at 'startedAt': '\(date)' (expected"))
  }

  @Test("a results file with an endless list of machine facts or a name repeated in every row is refused")
  func lengths() throws {
    let cache = #"{"level":1,"type":"Data","size":1,"sharedBy":1}"#
    let caches = Array(repeating: cache, count: 1001).joined(separator: ",")
    let many = try #require(try refusal(replacing: #""caches":[]"#, with: #""caches":[\#(caches)]"#))
    #expect(many.contains(" has an invalid value at 'passport.caches': 1001 entries (expected"))
    let name = String(repeating: "x", count: 1001)
    let long = try #require(try refusal(replacing: #""model":"fork""#, with: #""model":"\#(name)""#))
    #expect(long.contains(" has an invalid value at 'plan.configurations.0.model': xxx"))
  }

  @Test("a results file with a trial twice is refused, with its configuration and round")
  func repeatedTrial() throws {
    let problem = try refusal(replacing: #""round":1"#, with: #""round":0"#)
    #expect(
      try #require(problem).contains(
        " has round 0 of stress fork with 2 workers twice; to join runs, use scaleup merge (expected"))
    #expect(
      try refusal(replacing: #""round":1,"warmUp":false"#, with: #""round":0,"warmUp":true"#) == nil,
      "warm-ups have rounds of their own")
  }

  @Test("a results file whose plan has a configuration twice is refused")
  func repeatedConfiguration() throws {
    let one = #"{"duration":1000,"kernel":"scalar","model":"fork","workers":2,"workload":"stress"}"#
    let problem = try refusal(replacing: one, with: "\(one),\(one)")
    #expect(try #require(problem).contains(" has stress fork with 2 workers twice in its plan (expected"))
  }
}
