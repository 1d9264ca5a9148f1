import Foundation
import Harness
import Records
import Testing

/// Programs from outside that do what no model does.
@Suite(.blocking) struct FaultyProgramTests {
  struct Fault: CustomTestStringConvertible {
    let name: String
    let script: String
    let reason: String

    var testDescription: String { name }
  }

  private static func record(_ members: String = "", result: String = "200010000", region: String = "1000")
    -> String
  {
    "echo '{\"schema\":\"scaleup.trial/1\",\(members)\"result\":\"\(result)\",\"region\":\(region)}'"
  }

  private static func shares(_ count: Int, end: String) -> String {
    let share = "{\"worker\":0,\"result\":\"1\",\"begin\":0,\"end\":\(end),\"cpuTime\":1}"
    return "\"shares\":[\(Array(repeating: share, count: count).joined(separator: ","))],"
  }

  static let faults = [
    Fault(name: "nothing", script: "true", reason: "printed a report that is empty"),
    Fault(name: "rubbish", script: "echo rubbish", reason: "printed a report that is truncated or not JSON"),
    Fault(
      name: "2 MB", script: "head -c 2000000 /dev/zero | tr '\\0' ' '",
      reason: "printed more than 1048576 bytes"),
    Fault(name: "exit 3", script: "echo 'no luck' >&2; exit 3", reason: "exited with status 3: no luck"),
    Fault(name: "exit 3 after a report", script: "\(record()); exit 3", reason: "exited with status 3"),
    Fault(name: "a signal", script: "kill -KILL $$", reason: "was killed by SIGKILL"),
    Fault(name: "a region of 0", script: record(region: "0"), reason: "has a region of 0 ns"),
    Fault(
      name: "a long region", script: record(region: "3600000000000"),
      reason: "has a region longer than the process"),
    Fault(
      name: "a long region beside a short one", script: record("\"regions\":[1],", region: "3600000000000"),
      reason: "has a region longer than the process"),
    Fault(
      name: "a region too many", script: record("\"regions\":[1,1],"),
      reason: "differ from the request: 'regions'"),
    Fault(name: "a huge region", script: record(region: "1e300"), reason: "printed a report that "),
    Fault(name: "a negative region", script: record(region: "-1"), reason: "printed a report that "),
    Fault(
      name: "a huge result", script: record(result: "1" + String(repeating: "0", count: 40)),
      reason: "is not a whole number of up to 128 bits"),
    Fault(name: "a negative result", script: record(result: "-1"), reason: "'-1' is not a whole number"),
    Fault(name: "a result in half", script: record(result: "0.5"), reason: "'0.5' is not a whole number"),
    Fault(name: "another N", script: record("\"upTo\":7,"), reason: "differ from the request: 'upTo'"),
    Fault(
      name: "a negative number of workers", script: record("\"workers\":-1,"),
      reason: "differ from the request: 'workers'"
    ),
    Fault(
      name: "a deep list", script: "head -c 500000 /dev/zero | tr '\\0' '['", reason: "printed a report that "
    ),
    Fault(
      name: "a deep list in a member", script: record("\"x\":\(String(repeating: "[", count: 20_000)),"),
      reason: "printed a report that "),
    Fault(
      name: "10,000 shares", script: "cat shares; rm -f x", reason: "has 10000 shares for "),
    Fault(
      name: "an endless share", script: record(shares(1, end: "18446744073709551615")),
      reason: "has a share that ends before it begins or after its region"),
    Fault(
      name: "terminal codes", script: "printf '\\033[31mred\\nbell\\007' >&2; exit 1",
      reason: "exited with status 1: bell\u{FFFD}"),
  ]

  private func expectOneLine(_ line: Substring?, _ beginning: String, _ fault: Fault) {
    #expect(line?.hasPrefix(beginning) == true, "\(line ?? "none")")
    #expect(line?.contains(fault.reason) == true, "\(line ?? "none")")
    #expect((line?.count ?? 0) < 400)
    #expect(line?.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{7}" } == false)
  }

  private func folder(_ fault: Fault, describe: String = "exit 64") throws -> Folder {
    let folder = try Folder()
    try folder.write(
      "{\"schema\":\"scaleup.trial/1\",\(Self.shares(10_000, end: "5"))\"result\":\"1\",\"region\":9}",
      to: "shares")
    try folder.write(
      "#!/bin/sh\nif [ \"$1\" = --describe ]; then \(describe); fi\n\(fault.script)\n", to: "program",
      isExecutable: true)
    return folder
  }

  @Test("a faulty program is reported in one line and left out of the run", arguments: faults)
  func faultyProgram(fault: Fault) throws {
    let folder = try folder(fault)
    let outcome = try Program("scaleup").run(
      [
        "--workload", "sum", "--kernel", "scalar", "--upto", "20000", "--workers", "1", "--trials", "2",
        "--warmup",
        "0", "--output", "run.json", "--model", "single,mine", "--program", "mine=program",
      ], in: folder)
    #expect(outcome.status == 1)
    let lines = outcome.error.split(separator: "\n").filter { $0.hasPrefix("FAILED: ") }
    #expect(lines.count == 1)
    expectOneLine(lines.first, "FAILED: mine is left out: mine ", fault)
    #expect(outcome.output.contains("\nsingle  "))
    #expect(!outcome.output.contains("mine"))
    let saved = try RunFile.read("\(folder.path)/run.json")
    #expect(saved.trials.count == 2 && saved.trials.allSatisfy { $0.report != nil })
  }

  /// Of a workload of fixed time, nothing is measured before the run.
  @Test(
    "a program that fails in a trial has failed trials, and the others continue",
    arguments: faults.filter { $0.name != "another N" })
  func programFails(fault: Fault) throws {
    let folder = try folder(
      fault,
      describe: """
        echo '{"schema":"scaleup.model/1","model":"x","summary":"","version":"","maximumWorkers":1,'
        echo '"workloads":[{"name":"stress","summary":"","extent":"period"}]}'; exit
        """)
    let outcome = try Program("scaleup").run(
      [
        "--workload", "stress", "--seconds", "0.01", "--workers", "1", "--trials", "2", "--warmup", "0",
        "--output",
        "run.json", "--model", "single,mine", "--program", "mine=program",
      ], in: folder)
    #expect(outcome.status == 1)
    let lines = outcome.output.split(separator: "\n").filter { $0.hasPrefix("FAILED: ") }
    #expect(lines.count == 1)
    expectOneLine(lines.first, "FAILED: mine stress with 1 worker (2 trials): mine ", fault)
    #expect(outcome.output.contains("\nsingle  "))
    let saved = try RunFile.read("\(folder.path)/run.json")
    #expect(saved.trials.count == 4)
    #expect(saved.trials.allSatisfy { ($0.failure != nil) == ($0.configuration == 1) })
  }

  @Test("a program that hangs is killed at its time limit and left out")
  func programHangs() throws {
    let fault = Fault(
      name: "a hang", script: "sleep 1000", reason: "did not end within 2.000 s and was killed")
    let outcome = try Program("scaleup").run(
      ["--model", "mine", "--program", "mine=program", "--workload", "sum", "--timeout", "0.1"],
      in: try folder(fault))
    #expect(outcome.status == 1)
    expectOneLine(
      outcome.error.split(separator: "\n").last, "FAILED: mine is left out: mine ", fault)
  }

  @Test("nothing is measured or saved if the only model is left out")
  func nothingMeasured() throws {
    let folder = try folder(Self.faults[0])
    let outcome = try Program("scaleup").run(
      ["--model", "mine", "--program", "mine=program", "--workload", "sum"], in: folder)
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("\nNothing was measured.\n"))
    #expect(
      outcome.error.hasPrefix("FAILED: mine is left out: ")
        || outcome.error.contains("\nFAILED: mine is left out: "))
    #expect((try? FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/results")) ?? [] == [])
  }
}
