import Records
import Testing

@testable import Harness

struct TrialCheckTests {
  private let asked = sum("fork", 2, upTo: 100)

  private static func report(of host: String) -> String {
    #"{"schema":"scaleup.trial/1","result":"5050","region":12,"hosts":[\#(host)]}"#
  }

  private func refusal(of output: String) -> ReportError? {
    do throws(ReportError) {
      _ = try asked.checkedReport(output)
      return nil
    } catch {
      return error
    }
  }

  @Test("a right answer to the question is accepted")
  func right() throws {
    let report = try asked.checkedReport(
      #"""
      {"schema":"scaleup.trial/1","model":"fork","workload":"sum","kernel":"scalar","workers":2,"upTo":100,
      "result":"5050","region":12,"peakMemory":7,
      "shares":[{"worker":0,"range":{"lower":0,"upper":101},"result":"5050","begin":1,"end":2,"cpuTime":3},
      {"worker":1,"result":"0","begin":12,"end":12,"cpuTime":0}]}
      """#)
    #expect(report.result == ExactInteger(5050))
    #expect(report.region == 12)
    #expect(report.shares?.first?.range == Share.Numbers(lower: 0, upper: 101))
  }

  @Test("a report with the required members only is accepted")
  func minimal() throws {
    let report = try asked.checkedReport(#"{"schema":"scaleup.trial/1","result":"5050","region":12}"#)
    #expect(report == TrialRecord(result: ExactInteger(5050), region: 12))
  }

  @Test("unknown members and surrounding white space are ignored")
  func extras() throws {
    let report = try asked.checkedReport(
      " \n{\"extra\":{\"a\":[1]},\"schema\":\"scaleup.trial/1\",\"result\":\"5050\",\"region\":12}\n\n")
    #expect(report.region == 12)
  }

  @Test(
    "a wrong sum is refused, with the right one",
    arguments: ["5049", "0", "340282366920938463463374607431768211455"])
  func wrongAnswer(result: String) throws {
    let found = ExactInteger(try #require(UInt128(result)))
    let problem = try #require(
      refusal(of: #"{"schema":"scaleup.trial/1","result":"\#(result)","region":12}"#))
    #expect(problem == .wrongAnswer(found: found, expected: ExactInteger(5050)))
    #expect(problem.description.contains(result) && problem.description.contains("5050"))
  }

  @Test("the operations of a stress are accepted unchecked")
  func stressResult() throws {
    let report = try stress("fork", 2).checkedReport(
      #"{"schema":"scaleup.trial/1","duration":1000,"result":"123","region":12}"#)
    #expect(report.result == ExactInteger(123))
  }

  @Test(
    "an answer to another question is refused, with the difference",
    arguments: [
      ("model", "\"single\""), ("workload", "\"stress\""), ("kernel", "\"vector\""), ("workers", "3"),
      ("upTo", "99"), ("duration", "1"),
    ])
  func otherQuestion(member: String, value: String) {
    let output = #"{"schema":"scaleup.trial/1","\#(member)":\#(value),"result":"5050","region":12}"#
    #expect(refusal(of: output) == .mismatch(member))
  }

  @Test("a report of another version or kind is refused, with its schema")
  func otherSchema() throws {
    for schema in ["scaleup.trial/2", "scaleup.run/1", "other"] {
      let problem = try #require(refusal(of: #"{"schema":"\#(schema)","result":"5050","region":12}"#))
      #expect(problem.description.contains(schema) && problem.description.contains("scaleup.trial/1"))
    }
  }

  @Test(
    "text that is not a report is refused",
    arguments: [
      "", " \n\t", "rubbish", "{", "[]", "null", "5050", "\u{0}", #""text""#, "{}",
      #"{"schema":"scaleup.trial/1"}"#, #"{"schema":"scaleup.trial/1","result":"5050"}"#,
      #"{"schema":"scaleup.trial/1","region":12}"#,
      #"{"schema":"scaleup.trial/1","result":5050,"region":12}"#,
      #"{"schema":"scaleup.trial/1","result":"-1","region":12}"#,
      #"{"schema":"scaleup.trial/1","result":"5050","region":-12}"#,
      #"{"schema":"scaleup.trial/1","result":"5050","region":1.5}"#,
      #"{"schema":"scaleup.trial/1","result":"5050","region":99999999999999999999}"#,
      #"{"schema":"scaleup.trial/1","result":"5050","region":12} and more"#,
      #"{"schema":"scaleup.trial/1","result":"5050","region":12,"hosts":[]}"#,
      report(of: #"{"name":"","ranks":-1,"cores":1,"cpuTime":1}"#),
      report(of: #"{"name":"","ranks":1,"cores":9223372036854775807,"cpuTime":1}"#),
      #"{"result":"5050","region":12}"#, String(repeating: "[", count: 100_000),
    ])
  func unreadable(output: String) throws {
    guard case .malformed(let reason) = try #require(refusal(of: output)) else {
      Issue.record("took \(output.prefix(80)) for a record")
      return
    }
    #expect(!reason.isEmpty && !reason.contains(where: \.isNewline))
  }

  @Test("a missing member is named")
  func missingMember() throws {
    let problem = try #require(refusal(of: #"{"schema":"scaleup.trial/1","result":"5050"}"#))
    #expect(problem.description == "printed a report that lacks 'region'")
    #expect(try #require(refusal(of: "  ")).description == "printed a report that is empty")
  }
}
