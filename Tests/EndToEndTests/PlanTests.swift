import Foundation
import Records
import Testing

/// `scaleup plan` as a user calls it: paper math and simulated policies.
@Suite(.blocking) struct PlanTests {
  private func plan(_ arguments: String..., in folder: Folder? = nil) throws -> Program.Outcome {
    try Program("scaleup").run(["plan"] + arguments, in: folder)
  }

  @Test(
    "10^11 reads and 10^9 writes a month are 40,000/s and 400/s, and grow by 1 TB a month, 36 TB in three years"
  )
  func lectureNotes() throws {
    let outcome = try plan("--reads", "1e11/month", "--writes", "1e9/month")
    #expect(outcome.status == 0 && outcome.error == "")
    for text in ["40,000/s", "400/s", "1 TB a month", "36 TB in three years", "2.5·10^6 s"] {
      #expect(outcome.output.contains(text), "\(outcome.output)")
    }
    let days = try plan("--reads", "1e11/month", "--writes", "1e9/month", "--month", "30days")
    for text in ["38,580/s", "386/s", "30 days"] { #expect(days.output.contains(text), "\(days.output)") }
  }

  @Test(
    "the probability to wait has 12 decimals",
    arguments: [
      ("1,0.5", "0.500000000000"), ("10,6", "0.101299242687"), ("100,90", "0.216940480906"),
      ("3,2.5", "0.702247191011"),
      ("14,10", "0.174131933595"), ("1000000,999000", "0.223303390291"), ("5,0", "0.000000000000"),
    ])
  func erlang(question: String, answer: String) throws {
    let outcome = try plan("--erlang-c", question)
    #expect(outcome.status == 0 && outcome.output == answer + "\n")
  }

  @Test(
    "what cannot be planned is refused in one line with status 64",
    arguments: [
      (["--erlang-c", "2,2"], ["unstable", "probability 1"]), (["--erlang-c", "3,9"], ["unstable"]),
      (["--erlang-c", "2,-1"], ["'2,-1'"]), (["--erlang-c", "2,x"], ["'2,x'"]),
      (["--erlang-c", "0,0"], ["'0,0'"]),
      (["--erlang-c", "2"], ["'2'"]), ([], ["missing traffic"]), (["--rate", "-5"], ["--rate"]),
      (["--rate", "many"], ["'many'"]),
      (["--reads", "1e11"], ["--reads", "1e9/month"]), (["--users", "10e6"], ["--per-user"]),
      (["--rate", "100", "--demand", "8"], ["--demand", "8ms"]),
      (["--rate", "100", "--cores", "2"], ["needs a demand"]),
      (
        ["--rate", "100", "--demand", "100ms", "--slo", "p95:200ms"],
        ["no number of instances", "299.6 ms", "one request alone"]
      ),
      (["--rate", "100", "--demand", "8ms", "--target", "0%"], ["--target"]),
      (["--rate", "100", "--demand", "8ms", "--target", "120%"], ["--target"]),
      (["--rate", "100", "--demand", "8ms", "--cores", "2,4", "--price", "1"], ["names no size"]),
      (["--rate", "100", "--demand", "8ms", "--price", "9=1"], ["unknown size: '9'"]),
      (["--rate", "100", "--demand", "8ms", "--from", "a.json"], ["--demand has no effect"]),
      (["--traffic", "daily"], ["needs a mean rate"]),
      (["--traffic", "dayly", "--rate", "5"], ["did you mean daily"]),
      (["--traffic", "none.csv"], ["none.csv"]),
      (["--traffic", "nope", "--rate", "5"], ["unknown traffic: 'nope'", "or a CSV file"]),
      (["--traffic", "t.csv", "--rate", "5"], ["has rates of its own"]),
      (["--rate", "5", "--seed", "1"], ["no effect without --policy"]),
      (["--rate", "5", "--policy", "hpa"], ["missing demand"]),
      (["--rate", "5", "--demand", "8ms", "--policy", "hpa"], ["missing --slo"]),
      (
        ["--rate", "5", "--demand", "8ms", "--cores", "1,2", "--slo", "p95:1s", "--policy", "hpa"],
        ["one size"]
      ),
      (["--from", "missing.json", "--rate", "5"], ["missing.json"]),
      (
        ["--rate", "1e6", "--demand", "8ms", "--slo", "p95:1s", "--policy", "none", "--depth", "requests"],
        ["too many to simulate", "--depth fluid"]
      ),
    ])
  func refused(arguments: [String], words: [String]) throws {
    let outcome = try Program("scaleup").run(["plan"] + arguments, in: try Folder())
    #expect(outcome.status == 64 && outcome.output == "", "\(arguments): \(outcome)")
    #expect(outcome.error.split(separator: "\n").count == 1)
    for word in words { #expect(outcome.error.contains(word), "\(outcome.error)") }
  }

  @Test("sizes are compared by cost, with a price per request beside them")
  func sizes() throws {
    let outcome = try plan(
      "--users", "10e6", "--per-user", "20/day", "--peak", "3", "--demand", "8ms", "--cores", "4,16",
      "--scaling",
      "0.03,0.0001", "--slo", "p95:200ms", "--price", "4=0.17,16=0.68", "--serverless", "0.20/million")
    #expect(outcome.status == 0 && outcome.error == "")
    for text in ["2,315/s", "6,944/s", "4 cores is cheapest", "given scaling law", "break", "per request"]
    where text != "break" {
      #expect(outcome.output.lowercased().contains(text), "\(outcome.output)")
    }
    let json = try plan("--rate", "1000", "--demand", "10ms", "--json")
    let record = try JSONDecoder().decode(PlanRecord.self, from: Data(json.output.utf8))
    #expect(record.sizes.map(\.byUtilization.value) == [20] && record.sizes[0].byWait?.value == 14)
  }

  @Test("policies are compared over traffic of a file, and the record explains every decision")
  func policies() throws {
    let folder = try Folder()
    let rates = (0..<40).map { "\(60 * $0),\($0 < 10 || $0 > 30 ? 50 : 250)\n" }.joined()
    try Data("time,rate\n\(rates)".utf8).write(to: URL(fileURLWithPath: folder.path + "/traffic.csv"))
    let arguments = [
      "plan", "--traffic", "traffic.csv", "--demand", "10ms", "--slo", "p95:100ms", "--policy",
      "target-tracking,none", "--max", "20",
      "--min", "1", "--start-up", "30s", "--price", "0.1",
    ]
    let program = try Program("scaleup")
    let text = try program.run(arguments, in: folder)
    #expect(text.status == 0 && text.error == "")
    for word in ["policies over 40 min", "target-tracking", "none", "outside", "every request", "seed 1"] {
      #expect(text.output.contains(word), "\(text.output)")
    }
    let json = try program.run(arguments + ["--json"], in: folder)
    #expect(try program.run(arguments + ["--json"], in: folder).output == json.output)
    let simulation = try #require(
      try JSONDecoder().decode(PlanRecord.self, from: Data(json.output.utf8)).simulation)
    let (tracking, fixed) = (simulation.policies[0], simulation.policies[1])
    #expect(tracking.actions > 0 && fixed.actions == 0 && tracking.minutes == 40)
    #expect(tracking.minutesOutside < fixed.minutesOutside && tracking.instanceHours > fixed.instanceHours)
    #expect(tracking.trace.contains { $0.desired > $0.current && !$0.reason.isEmpty })
    let cost = try #require(tracking.cost)
    #expect(abs(cost - 0.1 * tracking.instanceHours) < 1e-9)
    let pictures = try program.run(arguments + ["--svg", "pictures"], in: folder)
    #expect(pictures.status == 0 && pictures.error == "wrote 6 pictures to pictures\n")
    for name in ["traffic", "desired", "instances", "utilization", "response", "queue"] {
      let svg = try String(contentsOfFile: folder.path + "/pictures/\(name).svg", encoding: .utf8)
      #expect(svg.hasSuffix("</svg>\n") && svg.contains(">hours<"))
    }
    let single = try program.run(
      arguments.map { $0 == "target-tracking,none" ? "target-tracking" : $0 }, in: folder)
    #expect(
      single.output.contains("timeline of target-tracking")
        && single.output.contains("decisions that changed the group"))
  }

  @Test("a saved plan is reported as it was printed, drawn, and read back from its page")
  func saved() throws {
    let folder = try Folder()
    let arguments = [
      "plan", "--rate", "50", "--traffic", "step", "--demand", "10ms", "--slo", "p95:100ms", "--policy",
      "hpa",
      "--max", "20", "--price", "0.1",
    ]
    let program = try Program("scaleup")
    func run(_ words: String..., status: Int32 = 0) throws -> Program.Outcome {
      let outcome = try program.run(words, in: folder)
      #expect(outcome.status == status, "\(words): \(outcome.error)")
      return outcome
    }
    let json = try program.run(arguments + ["--json"], in: folder).output
    try folder.write(json, to: "plan.json")
    let drawn = try program.run(arguments + ["--html", "drawn.html"], in: folder)
    #expect(try run("report", "plan.json").output == drawn.output && drawn.output.contains("timeline of hpa"))
    #expect(drawn.error.wholeMatch(of: /wrote drawn\.html, \d+ kB\n/) != nil, "\(drawn.error)")
    #expect(try run("report", "plan.json", "--html", "plan.html", "--svg", "pictures").output == "")
    #expect(folder.text("plan.html") == folder.text("drawn.html"))
    #expect(try run("report", "plan.html").output == drawn.output)
    #expect(try run("report", "plan.html", "--format", "json").output == json)
    #expect(try run("report", "plan.json", "--html", "-").output == folder.text("plan.html"))
    #expect(try program.run(arguments + ["--html", "-"], in: folder).output == folder.text("plan.html"))
    for format in ["csv", "markdown"] {
      #expect(
        try run("report", "plan.json", "--format", format, status: 64).error.contains("no \(format) format"))
    }
    for (words, reason) in [
      (["compare", "plan.json", "plan.html"], "which only scaleup report reads"),
      (["report", "plan.json", "plan.json"], "plan.json has a plan, which is reported alone"),
    ] {
      let refused = try program.run(words, in: folder)
      #expect(refused.status == 64 && refused.error.contains(reason), "\(refused)")
    }
    #expect(
      try program.run(arguments + ["--json", "--html", "-"], in: folder).error.contains("leave one out"))
  }

  @Test(
    "an invalid saved plan is refused in one line",
    arguments: [
      (#"{"schema":"scaleup.plan/1"}"#, "lacks 'version'"),
      (#"{"schema":"scaleup.plan/2"}"#, "has the unsupported version 'scaleup.plan/2'"),
      ("MONTH", "has an invalid value at 'month': 1e+300"),
    ])
  func invalid(text: String, words: String) throws {
    let folder = try Folder()
    let plan = try plan("--rate", "5", "--json").output
    try folder.write(
      text == "MONTH" ? plan.replacing("\"month\":2500000", with: "\"month\":1e300") : text, to: "plan.json")
    for options in [[], ["--html", "plan.html"]] {
      let outcome = try Program("scaleup").run(["report", "plan.json"] + options, in: folder)
      #expect(outcome.status == 64 && outcome.output == "" && outcome.error.split(separator: "\n").count == 1)
      #expect(outcome.error.contains("plan.json \(words)"), "\(outcome.error)")
    }
    try folder.write(plan, to: "plan.json")
    let bare = try Program("scaleup").run(["report", "plan.json", "--svg", "pictures"], in: folder)
    #expect(bare.status == 64 && bare.error.contains("--policy hpa") && folder.names == ["plan.json"])
  }

  @Test(
    "traffic of a file is refused with the line that is wrong",
    arguments: [
      ("time,rate\n0,5\n60,-1\n", "line 3"), ("time,rate\n0,5\n60,5\n300,5\n", "gap"),
      ("time,rate\n60,5\n0,5\n", "does not follow"),
    ])
  func badTraffic(text: String, word: String) throws {
    let folder = try Folder()
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path + "/t.csv"))
    let outcome = try plan("--traffic", "t.csv", "--demand", "8ms", in: folder)
    #expect(
      outcome.status == 64 && outcome.error.contains("t.csv") && outcome.error.contains(word),
      "\(outcome.error)")
  }
}
