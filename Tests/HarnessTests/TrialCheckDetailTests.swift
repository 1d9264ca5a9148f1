import Records
import Testing

@testable import Harness

struct TrialCheckDetailTests {
  /// Returns the error of a right sum with additional members; `nil` if there is none.
  private func problem(_ members: String, asked change: (inout Configuration) -> Void = { _ in })
    -> ReportError?
  {
    var asked = sum("fork", 2, upTo: 100)
    change(&asked)
    do throws(ReportError) {
      _ = try asked.checkedReport(
        #"{"schema":"scaleup.trial/1",\#(members.isEmpty ? "" : members + ",")"result":"5050","region":12}"#)
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "a report with another schedule, or an unrequested one, is refused",
    arguments: ["static", "guided", "", "x"])
  func schedule(kind: String) {
    #expect(problem(#""schedule":"\#(kind)""#) == .mismatch("schedule"))
    #expect(
      problem(#""schedule":"\#(kind)""#, asked: { $0.schedule = "dynamic" }) == .mismatch("schedule"))
    #expect(problem(#""schedule":"\#(kind)""#, asked: { $0.schedule = kind }) == nil)
  }

  @Test("a report with another grain is refused, and the model may choose its own by default")
  func grain() {
    func ask(_ grain: UInt64?) -> (inout Configuration) -> Void {
      { ($0.schedule, $0.grain) = ("dynamic", grain) }
    }
    #expect(problem(#""grain":7"#, asked: ask(8)) == .mismatch("grain"))
    #expect(problem(#""grain":8"#, asked: ask(8)) == nil)
    #expect(problem(#""grain":7"#, asked: ask(nil)) == nil)
    #expect(problem("", asked: ask(8)) == nil)
  }

  @Test("a report with another load is refused, and no load means full load")
  func load() {
    #expect(problem(#""load":100"#) == nil)
    #expect(problem(#""load":50"#) == .mismatch("load"))
    #expect(problem(#""load":50"#, asked: { $0.load = 50 }) == nil)
    #expect(problem(#""load":100"#, asked: { $0.load = 50 }) == .mismatch("load"))
  }

  @Test("a report with other regions, or without them, is refused")
  func regions() {
    let three: (inout Configuration) -> Void = { $0.repetitions = 3 }
    #expect(problem(#""regions":[5,6,12]"#, asked: three) == nil)
    for members in ["", #""regions":[]"#, #""regions":[12]"#, #""regions":[1,2,3,12]"#] {
      #expect(problem(members, asked: three) == .mismatch("regions"))
    }
    #expect(problem(#""regions":[12]"#) == nil)
    #expect(problem(#""regions":[]"#) == .mismatch("regions"))
    #expect(problem(#""regions":[1,12]"#) == .mismatch("regions"))
  }

  @Test("one of several regions that took no time is refused")
  func zeroRegion() {
    let problem = problem(#""regions":[5,0,12]"#, asked: { $0.repetitions = 3 })
    #expect(problem == .malformed("has a region of 0 ns"))
  }

  @Test("shares of other workers are refused", arguments: [0, 1, 3, 10_000])
  func shareCount(count: Int) {
    let share = #"{"worker":0,"result":"1","begin":0,"end":1,"cpuTime":1}"#
    let shares = Array(repeating: share, count: count).joined(separator: ",")
    #expect(problem(#""shares":[\#(shares)]"#) == .malformed("has \(count) shares for 2 workers"))
  }

  @Test(
    "a share that ends after its region is refused",
    arguments: [
      (0, 12, true), (12, 12, true), (3, 2, false), (0, 13, false), (.max, .max, false), (0, .max, false),
    ]
      as [(UInt64, UInt64, Bool)])
  func shareTimes(begin: UInt64, end: UInt64, isPossible: Bool) {
    let shares = [(0, 1), (begin, end)].map { begin, end in
      #"{"worker":0,"result":"1","begin":\#(begin),"end":\#(end),"cpuTime":1}"#
    }
    let problem = problem(#""shares":[\#(shares.joined(separator: ","))]"#)
    #expect(
      problem == (isPossible ? nil : .malformed("has a share that ends before it begins or after its region"))
    )
  }

  @Test("only a peer's answer may be inexact", arguments: [true, false, nil])
  func inexactness(isPeer: Bool?) {
    var asked = sum("node", 2, upTo: 100)
    asked.isPeer = isPeer
    let output = #"{"schema":"scaleup.trial/1","result":"5051","region":12}"#
    if isPeer == true {
      #expect(throws: Never.self) { try asked.checkedReport(output) }
    } else {
      #expect(throws: ReportError.wrongAnswer(found: ExactInteger(5051), expected: ExactInteger(5050))) {
        try asked.checkedReport(output)
      }
    }
  }

  @Test("a peer must not answer another question, or take no time")
  func peerQuestions() {
    let peer: (inout Configuration) -> Void = { $0.isPeer = true }
    #expect(problem("", asked: peer) == nil)
    #expect(problem(#""workers":3"#, asked: peer) == .mismatch("workers"))
    #expect(problem(#""upTo":101"#, asked: peer) == .mismatch("upTo"))
    #expect(problem(#""regions":[1,2]"#, asked: peer) == .mismatch("regions"))
  }
}

struct AgreementTests {
  /// Which trials fail when models give these answers to one question, for which no formula is known.
  private func failures(_ answers: [(model: String, isPeer: Bool, result: UInt128)]) throws -> [Bool] {
    let configurations = answers.map { answer in
      Configuration(
        model: answer.model, isPeer: answer.isPeer ? true : nil, workload: "unknown", workers: 1, upTo: 9)
    }
    var run = newRun(Plan(configurations: configurations, trials: 1, warmUps: 0))
    let runner = MockRunner { _, position in
      .measured(
        processRecord(wall: 5), TrialRecord(result: ExactInteger(answers[position].result), region: 1))
    }
    var loop = RunLoop(runner, run.plan, timeout: 1, estimate: TimeEstimate(costs: Costs(), effectiveCPUs: 1))
    try loop.carryOut(&run, willTry: { _ in }, didTry: { _ in })
    return run.trials.map { $0.failure != nil }
  }

  @Test("peers need not agree on answers")
  func peers() throws {
    #expect(
      try failures([("single", false, 4), ("node", true, 5), ("rust", true, 4), ("fork", false, 4)]) == [
        false, false, false, false,
      ])
  }

  @Test("a peer's answer does not count as the first")
  func peerFirst() throws {
    #expect(
      try failures([("node", true, 5), ("single", false, 4), ("fork", false, 4), ("new", false, 5)]) == [
        false, false, false, true,
      ])
  }
}
