import Foundation
import Harness
import Platform
import Records
import Testing

/// `scaleup run` with the real models.
@Suite(.blocking) struct RunTests {
  /// The models, workloads and kernels that these tests know; there may be others.
  private static let known = [
    "--model", "single,fork,dispatch,taskgroup,threads", "--workload", "sum,stress",
    "--kernel", "scalar",
  ]
  /// A run that is short even in a debug build.
  private static let short =
    known + ["--upto", "20000", "--seconds", "0.02", "--trials", "2", "--workers", "1,2"]
  /// A run of 9 trials: of single, and of fork with one worker and with two.
  private static let small = [
    "--model", "single,fork", "--workload", "sum", "--kernel", "scalar", "--upto", "20000", "--trials", "2",
    "--workers", "1,2",
  ]

  private func savedRun(in folder: Folder) throws -> (path: String, run: RunRecord) {
    let name = try #require(
      try FileManager.default.contentsOfDirectory(atPath: folder.path + "/results").first)
    let path = "\(folder.path)/results/\(name)"
    return (path, try RunFile.read(path))
  }

  @Test("a quick run prints both tables and a verdict, and saves the run")
  func quickRun() throws {
    let folder = try Folder()
    let outcome = try Program("scaleup").run(Self.known + ["--quick"], in: folder)
    #expect(outcome.status == 0, "\(outcome.error)")
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.first?.hasPrefix("scaleup \(suiteVersion) · ") == true)
    #expect(lines.contains { $0.hasPrefix("sum 0…") && $0.hasSuffix(", 1 trial") })
    #expect(lines.contains { $0.hasPrefix("stress for ") })
    #expect(
      lines[1].contains("× as fast as one") || lines[1].contains(" 1 worker runs ")
        || lines[1].hasPrefix("1 worker"))
    let (path, run) = try savedRun(in: folder)
    #expect(run.trials.count == run.plan.trialCount)
    #expect(run.trials.allSatisfy { $0.failure == nil && $0.report != nil && $0.process != nil })
    #expect(Set(run.plan.configurations.map(\.model)) == Set(ModelCatalog.standard))
    let again = try Program("scaleup").run(["report", path])
    // Only the path in the hint at the end differs.
    let screens = [again.output, outcome.output].map { $0.components(separatedBy: "\nMore: ")[0] }
    #expect(screens[0] == screens[1])
  }

  @Test("rounds are interleaved, and warm-ups come first")
  func roundsInterleaved() throws {
    let folder = try Folder()
    let outcome = try Program("scaleup").run(Self.short + ["--seed", "7"], in: folder)
    #expect(outcome.status == 0, "\(outcome.error)")
    let run = try savedRun(in: folder).run
    #expect(run.plan.seed == 7)
    let round = Array(run.plan.configurations.indices)
    #expect(round.count == 18)
    let rounds = (0..<3).map { run.trials[($0 * 18)..<($0 * 18 + 18)].map(\.configuration) }
    #expect(run.trials.count == 54 && rounds.allSatisfy { $0.sorted() == round })
    #expect(Set(rounds).count == 3, "every round has an order of its own")
    #expect(run.trials.map(\.warmUp) == round.map { _ in true } + (round + round).map { _ in false })
    let again = try Folder()
    _ = try Program("scaleup").run(Self.short + ["--seed", "7"], in: again)
    #expect(try savedRun(in: again).run.trials.map(\.configuration) == run.trials.map(\.configuration))
  }

  @Test("progress is whole lines if standard error is not a terminal")
  func progressWhole() throws {
    let folder = try Folder()
    let outcome = try Program("scaleup").run(Self.short, in: folder)
    #expect(!outcome.error.contains("\r"))
    #expect(!outcome.error.contains("\u{1B}"))
    for line in outcome.error.split(separator: "\n") where line.hasSuffix("left") {
      #expect(line.wholeMatch(of: /trial \d+ of \d+: .*, \d+:\d\d left/) != nil, "\(line)")
    }
    let quiet = try Program("scaleup").run(Self.short + ["--quiet"], in: folder)
    #expect(quiet.error == "")
  }

  @Test("progress with the time left is shown on a terminal and cleared")
  func progressTime() throws {
    let folder = try Folder()
    let terminal = try PseudoTerminal()
    let running = try Program("scaleup").start(
      Self.short, in: folder, error: terminal.device, environment: ["TERM": "xterm"])
    #expect(try running.wait().status == 0)
    let shown = try terminal.shown()
    #expect(shown.contains("trial 1 of 54: s"))
    // A painting for which the terminal has no room is left out, but the first has room.
    #expect(shown.contains(" left"))
    #expect(shown.contains("\u{1B}[J"))
    let dumb = try PseudoTerminal()
    let plain = try Program("scaleup").start(
      Self.short, in: folder, error: dumb.device, environment: ["TERM": "dumb"])
    _ = try plain.wait()
    #expect(try !dumb.shown().contains("\u{1B}"))
  }

  @Test("options select models, workloads and workers")
  func optionsSelect() throws {
    let folder = try Folder()
    let outcome = try Program("scaleup").run(
      [
        "run", "--workload", "sum", "--kernel", "scalar", "--model=fork,single", "--workers", "1,3", "--upto",
        "1e4", "--trials",
        "1",
        "--warmup", "0", "--label", "a \"b\" c",
      ], in: folder)
    #expect(outcome.status == 0, "\(outcome.error)")
    let run = try savedRun(in: folder).run
    #expect(run.host == "a \"b\" c")
    #expect(
      run.plan.configurations == [
        Configuration(model: "single", workload: "sum", workers: 1, upTo: 10_000),
        Configuration(model: "fork", workload: "sum", workers: 1, upTo: 10_000),
        Configuration(model: "fork", workload: "sum", workers: 3, upTo: 10_000),
      ])
  }

  @Test(
    "a machine-readable format is alone on standard output", arguments: ["json", "csv", "markdown", "table"])
  func machineReadable(format: String) throws {
    let folder = try Folder()
    let outcome = try Program("scaleup").run(Self.small + ["--format", format, "--no-save"], in: folder)
    #expect(outcome.status == 0)
    #expect(folder.names == [])
    switch format {
    case "json":
      let run = try JSONDecoder().decode(RunRecord.self, from: Data(outcome.output.utf8))
      #expect(run.trials.count == 9)
    case "csv":
      #expect(outcome.output.split(separator: "\r\n").count == 10)
    case "markdown":
      #expect(outcome.output.contains("| model | workers |"))
    default:
      #expect(outcome.output.contains("model   workers"))
    }
  }

  @Test("a saved run contains no user name and no path")
  func savedRunContains() throws {
    let folder = try Folder()
    _ = try Program("scaleup").run(Self.small + ["--output", "\(folder.path)/run.json"], in: folder)
    let text = try #require(folder.text("run.json"))
    #expect(!text.contains(folder.path))
    #expect(!text.contains(NSHomeDirectory() + "/"))
    #expect(!text.contains(try Program("scaleup").path))
  }

  @Test("runs that start in the same second are all kept")
  func runsStart() throws {
    let folder = try Folder()
    let runs = try (0..<4).map { _ in
      try Program("scaleup").start(Self.small + ["--label", "same"], in: folder)
    }
    var saved: Set<Substring> = []
    for run in runs {
      let outcome = try run.wait()
      #expect(outcome.status == 0, "\(outcome.error)")
      saved.formUnion(outcome.error.split(separator: "\n").filter { $0.hasPrefix("saved ") })
    }
    #expect(saved.count == 4)
    #expect(try File.names(in: folder.path + "/results").count == 4)
    for path in saved { #expect(try RunFile.read("\(folder.path)/\(path.dropFirst(6))").trials.count == 9) }
  }

  @Test(
    "closed standard streams are not mistaken for signals or files",
    arguments: [("<&- 2>&-", 0), (">&- 2>&-", 1), ("<&- >&- 2>&-", 1)] as [(String, Int32)])
  func closedStandardStreams(closed: String, status: Int32) throws {
    let folder = try Folder()
    let scaleup = try Program("scaleup").path
    let options = "--workload sum --kernel scalar --model single --upto 1000 --trials 2 --output run.json"
    let outcome = try Program(path: "/bin/sh").run(["-c", "'\(scaleup)' \(options) \(closed)"], in: folder)
    #expect(outcome.status == status)
    #expect(try RunFile.read("\(folder.path)/run.json").trials.count == 3)
    #expect(folder.names == ["run.json"])
  }

  @Test("a closed standard error does not stop the run")
  func closedStandard() throws {
    let folder = try Folder()
    let pipe = Foundation.Pipe()
    try pipe.fileHandleForReading.close()
    let running = try Program("scaleup").start(Self.small, in: folder, error: pipe.fileHandleForWriting)
    #expect(try running.wait().status == 0)
    #expect(try savedRun(in: folder).run.trials.count == 9)
  }

  @Test("a pipe among the saved runs is skipped")
  func pipeAmong() throws {
    let folder = try Folder()
    let results = folder.path + "/results"
    try FileManager.default.createDirectory(atPath: results, withIntermediateDirectories: false)
    try #require(mkfifo(results + "/pipe.json", 0o600) == 0)
    let list = try Program("scaleup").run(["list"], in: folder)
    #expect(list.status == 0)
    #expect(!list.output.contains("pipe.json"))
  }

  @Test("list and machine print what there is")
  func listMachine() throws {
    let folder = try Folder()
    _ = try Program("scaleup").run(Self.small + ["--label", "listed"], in: folder)
    let list = try Program("scaleup").run(["list"], in: folder)
    #expect(list.status == 0)
    for word in ModelCatalog.standard + ["sum", "stress", "results/listed-", "9 trials"] {
      #expect(list.output.contains(word))
    }
    let machine = try Program("scaleup").run(["machine"])
    for word in ["processor", "effective CPUs", "online", "memory", "kernel", "Swift"] {
      #expect(machine.output.contains(word))
    }
  }
}
