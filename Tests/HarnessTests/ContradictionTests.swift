import Records
import Testing

@testable import Harness

struct ContradictionTests {
  /// What is wrong with the small run's file, a part of it replaced.
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
      #expect(try #require(problem).contains(" has an invalid count (expected"))
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
    #expect(try #require(problem).contains(" has an invalid host entry (expected"))
  }

  @Test(
    "a results file with a number out of range is refused",
    arguments: ["-9", "18446744073709551616", "1e999", "[]"])
  func region(number: String) throws {
    let problem = try #require(try refusal(replacing: #""region":9"#, with: #""region":\#(number)"#))
    #expect(problem.hasSuffix(" (expected a results file written by scaleup run)"))
  }
}
