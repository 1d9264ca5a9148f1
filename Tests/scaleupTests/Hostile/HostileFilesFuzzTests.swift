import Arguments
import Foundation
import Harness
import Platform
import Records
import TestSupport
import Testing

@testable import scaleup

/// Every subcommand that reads a results file reads or refuses anything: no crash, no hang, one line.
@Suite(.timeLimit(.minutes(10)))
struct HostileFilesFuzzTests {
  /// A run with everything that subcommands compute with: several workers, peers, machines, failures and fixed times.
  private static func run(day: Int) -> RunRecord {
    let configurations = [("single", 1), ("fork", 2), ("mpi", 2), ("c", 4)].map { model, workers in
      Configuration(
        model: model, isPeer: model == "c" ? true : nil, workload: "sum", workers: workers, upTo: 999)
    }
    let stress = Configuration(model: "fork", workload: "stress", workers: 2, duration: 1_000_000)
    let passport = Passport(
      processor: "Example", architecture: "x86_64", onlineCPUs: 4, quotaCPUs: 2.5, effectiveCPUs: 3,
      caches: [.init(level: 1, type: "Data", size: 4096, sharedBy: 2)], memory: 1 << 30, kernel: "Linux 6",
      swift: "6.3")
    var run = RunRecord(
      host: "host", startedAt: "2026-01-0\(day)T03:04:05Z", passport: passport,
      plan: Plan(configurations: configurations + [stress], trials: 5, warmUps: 1, seed: UInt64(day)))
    (run.plan.precision, run.plan.budget) = (0.01, 1_000_000_000)
    run.trials = (0..<6).flatMap { round in
      run.plan.configurations.indices.map { position in
        trial(run.plan.configurations[position], position, round: max(0, round - 1), warmUp: round == 0)
      }
    }
    return run
  }

  private static func trial(_ configuration: Configuration, _ position: Int, round: Int, warmUp: Bool)
    -> Trial
  {
    var trial = Trial(configuration: position, round: round, warmUp: warmUp)
    let region = UInt64(1_000_000 / configuration.workers + 1000 * round)
    trial.process = ProcessRecord(
      wall: region + 5000, userTime: region, systemTime: 7, voluntaryContextSwitches: 3,
      involuntaryContextSwitches: 1, minorPageFaults: 100, majorPageFaults: 0)
    trial.process?.activity = Activity(
      cores: CoreTimeline(interval: 500_000, span: region, cores: [0, 1], busy: [[90, 80], [7, 100]]),
      steal: 9,
      clocks: [3000])
    if round == 3, configuration.model == "fork" {
      trial.failure = "scaleup-fork exited with status 1"
      return trial
    }
    var report = TrialRecord(result: ExactInteger(configuration.upTo == nil ? 9999 : 499_500), region: region)
    report.workers = configuration.workers
    report.shares = (0..<configuration.workers).map { worker in
      Share(worker: worker, result: ExactInteger(7), begin: 10, end: region - 10, cpuTime: region - 100)
    }
    if configuration.model == "mpi" {
      report.hosts = ["a", "b"].map {
        HostUse(name: $0, ranks: 1, cores: 2, cpuTime: region, clockOffset: -5)
      }
    }
    trial.report = report
    return trial
  }

  /// Runs a command line, and returns whether it succeeded. A failure must be of a kind that names what to do.
  private func attempt(_ subcommand: any Subcommand.Type, _ words: [String]) -> Bool {
    do {
      _ = try subcommand.output(of: words)
      return true
    } catch {
      #expect(error is CommandFailure || error is UsageError, "\(words): \(error)")
      return false
    }
  }

  /// Continues a run up to its next trial.
  private func resume(_ path: String) throws {
    let run = try RunFile.read(path)
    let estimate = TimeEstimate(costs: Costs(), effectiveCPUs: run.passport.effectiveCPUs)
    var loop = RunLoop(InterruptedRunner(), run.plan, timeout: nil, estimate: estimate)
    loop.resume(after: run.trials)
    try? loop.carryOut(willTry: { _ in }, didTry: { _ in })
  }

  /// A plan with everything that its report computes with.
  private static var plan: PlanRecord {
    let objective = LatencyObjective(percentile: 95, time: 200_000_000)
    var plan = PlanRecord(
      month: 2.5e6,
      traffic: .init(
        amounts: [.init(name: "reads", count: 1e11, unit: "month", rate: 40_000)], mean: 40_000,
        peak: 120_000,
        peakFactor: 3), objective: objective, target: 0.5, waitProbability: 0.2)
    plan.storage = .init(bytesPerWrite: 1000, perMonth: 1e12)
    var size = PlanRecord.Size(
      name: "box", cores: 4, demand: .init(8e6, lower: 7e6, upper: 9e6), demandSource: "measured",
      law: .init(alpha: 0.03, beta: 0.0001, isMeasured: true), effectiveCores: 3.5, load: .init(960),
      byUtilization: .init(550), bySquareRoot: .init(300), instances: .init(551, lower: 500, upper: 600))
    (size.byObjective, size.price, size.monthlyCost) = (.init(400), 0.17, 60_000)
    (plan.sizes, plan.serverless) = ([size], .init(pricePerRequest: 2e-7, requestsPerMonth: 1e11))
    var simulation = SimulationRecord(
      depth: "fluid", seed: 1, duration: 3600, cores: 4, demand: 8e6, assumptions: ["depth fluid"],
      objective: objective)
    var policy = SimulationRecord.Policy(name: "hpa")
    (policy.minutes, policy.requests, policy.late, policy.instanceHours) = (60, 1e6, 1e4, 9.5)
    policy.timeline = (1...60).map { minute in
      .init(
        time: 60 * Double(minute), rate: 200, desired: 8, inService: 7, starting: 1, draining: 0,
        utilization: 0.5, response: 25_000_000, queue: 3, outside: minute == 9)
    }
    policy.trace = [
      .init(
        time: 15, utilization: 0.99, queue: 40, current: 2, wanted: 9, limitedBy: "max", desired: 8,
        reason: "cpu")
    ]
    simulation.policies = [policy]
    plan.simulation = simulation
    return plan
  }

  /// Calls a function with the path of an empty directory, which it removes afterwards.
  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "scaleup-hostile-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  @Test("a hostile plan is reported and drawn, or refused")
  func plans() throws {
    try withFolder { folder in
      let path = "\(folder.path())hostile.json"
      let text = try Self.plan.text()
      let file = "\(folder.path())system.json"
      let tier = "{\"name\":\"web\",\"kind\":\"web\",\"read\":\"5ms\"}"
      try File.replace(file, with: "{\"readShare\":0.9,\"tiers\":[\(tier)]}".utf8)
      let system = try PlanCommand.output(of: ["--system", file, "--rate", "500", "--json"]).output
      var files = HostileFiles([text, system], seed: 20)
      var accepted = 0
      for count in 0..<60 * Fuzz.factor {
        try File.replace(path, with: count == 0 ? Array(text.utf8) : files.next())
        let isRead = attempt(ReportCommand.self, [path])
        if count == 0 { #expect(isRead) }
        guard isRead else { continue }
        accepted += 1
        for words in [["--format", "json"], ["--html", "\(folder.path())page.html"]] {
          #expect(attempt(ReportCommand.self, [path] + words))
        }
        _ = attempt(ReportCommand.self, [path, "--svg", "\(folder.path())pictures"])
      }
      #expect(accepted > 5 * Fuzz.factor)
    }
  }

  @Test("a hostile results file is reported, compared, merged and resumed, or refused")
  func everySubcommand() throws {
    try withFolder(everySubcommand)
  }

  private func everySubcommand(in folder: URL) throws {
    let (good, path) = ("\(folder.path())good.json", "\(folder.path())hostile.json")
    try File.replace(good, with: RunEncoder.text(of: Self.run(day: 1)).utf8)
    let text = try RunEncoder.text(of: Self.run(day: 2))
    var files = HostileFiles([text], seed: 15)
    var accepted = 0
    for count in 0..<60 * Fuzz.factor {
      try File.replace(path, with: count == 0 ? Array(text.utf8) : files.next())
      let isRead = attempt(ReportCommand.self, [path])
      if count == 0 { #expect(isRead) }
      guard isRead else { continue }
      accepted += 1
      for words in [
        ["--details"], ["--format", "csv"], ["--format", "json"], ["--format", "markdown"],
        ["--html", "\(folder.path())page.html", "--svg", "\(folder.path())pictures"],
      ] {
        #expect(attempt(ReportCommand.self, [path] + words))
      }
      _ = attempt(
        CompareCommand.self,
        [good, path, "--details", "--price", "A=1,B=2", "--gate", "time:3%,efficiency:3%,utilization:3%"])
      _ = attempt(CompareCommand.self, [path, good, "--format", "json"])
      _ = attempt(MergeCommand.self, [good, path])
      if (try? RunFile.read(path)) != nil { try resume(path) }
    }
    #expect(accepted > 5 * Fuzz.factor)
  }
}

/// A runner that every trial interrupts.
private struct InterruptedRunner: TrialRunner {
  func run(_ configuration: Configuration, timeout: UInt64) throws(Interruption) -> TrialOutcome {
    throw Interruption(signal: 2)
  }
}
