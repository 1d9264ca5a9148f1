import Records
import Testing

@testable import Harness

@Suite("A results file that cannot be true")
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
    "is refused where a trial is of a configuration that the plan does not have",
    arguments: [1, -1, Int.max, Int.min])
  func configuration(position: Int) throws {
    let problem = try refusal(replacing: #""configuration":0"#, with: #""configuration":\#(position)"#)
    #expect(
      try #require(problem).contains(" has a trial of a configuration that is not in its plan; expected"))
  }

  @Test(
    "is refused where a count is negative or beyond all machines",
    arguments: [#""workers":2"#, #""trials":2"#, #""warmUps":0"#, #""effectiveCPUs":4"#])
  func counts(member: String) throws {
    let name = member.split(separator: ":")[0]
    for count in ["-1", "1000000001", "9223372036854775807", "-9223372036854775808"] {
      let problem = try refusal(replacing: member, with: "\(name):\(count)")
      #expect(try #require(problem).contains(" has a count that cannot be (expected"))
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

  @Test("is not one with counts at the ends of what is possible", arguments: [0, 1_000_000_000])
  func possibleCounts(count: Int) throws {
    for name in ["workers\":2", "trials\":2", "warmUps\":0", "effectiveCPUs\":4"] {
      let member = name.split(separator: "\"")[0]
      #expect(try refusal(replacing: "\"\(name)", with: "\"\(member)\":\(count)") == nil)
    }
  }

  @Test(
    "is refused where a machine has more than all machines have, or less than none", arguments: [-1, Int.max])
  func machines(cores: Int) throws {
    let host = #""hosts":[{"name":"h","ranks":1,"cores":\#(cores),"cpuTime":1}]"#
    let problem = try refusal(replacing: #""region":9"#, with: #""region":9,\#(host)"#)
    #expect(try #require(problem).contains(" has a machine that cannot be (expected"))
  }

  @Test("is refused where a number does not fit", arguments: ["-9", "18446744073709551616", "1e999", "[]"])
  func region(number: String) throws {
    let problem = try #require(try refusal(replacing: #""region":9"#, with: #""region":\#(number)"#))
    #expect(problem.hasSuffix(" (expected a results file written by scaleup run)"))
  }
}
