import Foundation
import Harness
import Platform
import Records
import TestSupport
import Testing

/// Makes a fault at a random moment, and looks at what comes of it.
struct FaultCampaign {
  /// Something that must not be.
  struct Loss: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
      self.description = description
    }
  }

  private static let smallRun = [
    "--workload", "sum,stress", "--model", "single,fork", "--workers", "1,2", "--kernel", "scalar", "--upto",
    "1e6",
    "--seconds", "0.03", "--output", "run.json", "--warmup", "0", "--trials",
  ]

  private var generator: SplitMix64

  init(seed: UInt64) {
    generator = SplitMix64(seed: seed)
  }

  /// Makes a fault.
  ///
  /// - Throws: `Loss`.
  mutating func survive(_ fault: Fault) throws -> FaultOutcome {
    switch fault {
    case .workerKilled: try loseWorker(to: SIGKILL)
    case .workerStopped: try loseWorker(to: SIGSTOP)
    case .modelKilled: try killModel()
    case .runInterrupted: try interruptRun()
    case .harnessKilled: try killHarness()
    case .diskFilled: try fillDisk()
    case .pipeCut: try cutPipe()
    case .modelStopped: try stopModel()
    }
  }

  private mutating func loseWorker(to signal: Int32) throws -> FaultOutcome {
    let (words, result) = try pick(ForkRecoveryTests.finite)
    let running = try Program("scaleup-fork").start(
      words + ["--workers", "3", "--retries", "100", "--timeout", "2", "--json"])
    // The work may be done before its workers are seen.
    try waitUntil("workers are forked, or the work is done") {
      !workers(of: running).isEmpty || !running.process.isRunning
    }
    pause(upTo: 0.03)
    let victim = workers(of: running).randomElement(using: &generator)
    if let victim { kill(victim, signal) }
    let outcome = try running.wait()
    try demand(outcome.status == 0, "status \(outcome.status): \(outcome.error)")
    let record = try JSONDecoder().decode(TrialRecord.self, from: Data(outcome.output.utf8))
    try demand(record.result.value == result, "\(words) gave \(record.result)")
    try demandNobodyLeft([running.identifier] + (victim.map { [$0] } ?? []))
    return record.restarts == nil ? .missed : .survived
  }

  private mutating func killModel() throws -> FaultOutcome {
    let running = try startWithWorkers(3, ["stress", "--seconds", "300"])
    let all = workers(of: running)
    pause(upTo: 0.2)
    running.send(SIGKILL)
    try demand(try running.wait().status == 128 + SIGKILL, "it was not killed")
    try demandNobodyLeft(all)
    return .refused
  }

  private mutating func interruptRun() throws -> FaultOutcome {
    let folder = try Folder()
    let signal = try pick([SIGINT, SIGTERM, SIGHUP])
    let running = try Program("scaleup").start(Self.smallRun + ["3"], in: folder)
    pause(upTo: 1.5)
    let children = ProcessTable.children(of: running.identifier)
    running.send(signal)
    let outcome = try running.wait()
    try demand([0, 128 + signal].contains(outcome.status), "status \(outcome.status): \(outcome.error)")
    try demandNobodyLeft(children)
    guard folder.names.contains("run.json") else { return .missed }
    let before = try RunFile.read("\(folder.path)/run.json")
    let resumed = try Program("scaleup").run(["--resume", "run.json", "--quiet"], in: folder)
    try demand(resumed.status == 0, "carried on: \(resumed.error)")
    let after = try RunFile.read("\(folder.path)/run.json")
    try demand(after.trials.starts(with: before.trials), "a finished trial was lost")
    let places = Set(after.trials.map { [$0.configuration, $0.round, $0.warmUp ? 1 : 0] })
    try demand(places.count == after.trials.count, "a trial was measured twice")
    try demand(after.trials.count == after.plan.trialCount, "a trial is missing")
    try demand(after.trials.allSatisfy { $0.failure == nil }, "a trial failed")
    return outcome.status == 0 ? .missed : .survived
  }

  private mutating func killHarness() throws -> FaultOutcome {
    let folder = try Folder()
    let running = try Program("scaleup").start(Self.smallRun + ["1000", "--quiet"], in: folder)
    pause(upTo: 1.5)
    let seen = (try? RunFile.read("\(folder.path)/run.json"))?.trials ?? []
    let children = ProcessTable.children(of: running.identifier)
    let all = children + children.flatMap(ProcessTable.children)
    running.send(SIGKILL)
    _ = try running.wait()
    try demandNobodyLeft(all)
    let kept = seen.isEmpty ? [] : try RunFile.read("\(folder.path)/run.json").trials
    try demand(kept.starts(with: seen), "a finished trial was lost")
    return .refused
  }

  private mutating func fillDisk() throws -> FaultOutcome {
    guard SmallDisk.isPossible else { return .missed }
    let (folder, disk) = (try Folder(), try SmallDisk(kilobytes: 256))
    let words = Self.smallRun.map { $0 == "run.json" ? "\(disk.path)/run.json" : $0 }
    let running = try Program("scaleup").start(words + ["1000", "--quiet"], in: folder)
    pause(upTo: 1.5)
    try disk.fill()
    let outcome = try running.wait()
    try demand(outcome.status == 1 || outcome.status == 64, "status \(outcome.status): \(outcome.error)")
    try demand(outcome.error.contains("No space left on device"), outcome.error)
    if disk.names.contains("run.json") {
      let trials = try RunFile.read("\(disk.path)/run.json").trials
      try demand(trials.allSatisfy { $0.failure == nil }, "a trial failed")
    }
    return .refused
  }

  private mutating func cutPipe() throws -> FaultOutcome {
    let commands = [
      ("scaleup-fork", ["sum", "--upto", "1e7", "--workers", "3", "--json"]), ("scaleup", ["list"]),
      (
        "scaleup",
        ["run", "--quick", "--no-save", "--workload", "stress", "--seconds", "0.01", "--format", "csv"]
      ),
    ]
    let (name, words) = try pick(commands)
    let (process, pipe) = (Process(), Foundation.Pipe())
    process.executableURL = URL(fileURLWithPath: try Program(name).path)
    process.arguments = words
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    pause(upTo: 0.5)
    try pipe.fileHandleForReading.close()
    process.waitUntilExit()
    let isSignaled = process.terminationReason == .uncaughtSignal
    let (status, signal) = (process.terminationStatus, isSignaled ? process.terminationStatus : 0)
    try demand(isSignaled ? signal == SIGPIPE : [0, 1].contains(status), "\(name) ended with \(status)")
    return status == 0 ? .missed : .refused
  }

  private mutating func stopModel() throws -> FaultOutcome {
    let folder = try Folder()
    let running = try Program("scaleup").start(
      [
        "--workload", "stress", "--model", "single", "--seconds", "0.2", "--trials", "4", "--warmup", "0",
        "--timeout", "2", "--output", "run.json",
      ], in: folder)
    pause(upTo: 1)
    // Before its trials the harness asks models what they can do, and waits ten seconds for that.
    let victim = ProcessTable.children(of: running.identifier).first {
      FileTree.machine.text("proc/\($0)/cmdline")?.contains("stress") == true
    }
    if let victim { kill(victim, SIGSTOP) }
    let outcome = try running.wait()
    try demand([0, 1].contains(outcome.status), "status \(outcome.status): \(outcome.error)")
    try demandNobodyLeft(victim.map { [$0] } ?? [])
    guard folder.names.contains("run.json") else { return .missed }
    let trials = try RunFile.read("\(folder.path)/run.json").trials
    let failures = trials.compactMap(\.failure)
    // A trial that is not stopped may also reach its limit, on a busy machine.
    try demand(
      trials.count == 4 && failures.isEmpty == (outcome.status == 0)
        && failures.allSatisfy { $0.contains("did not end within 2.000 s and was killed") },
      "\(trials.count) trials, \(failures)")
    return failures.isEmpty ? .missed : .refused
  }

  private mutating func pick<Choice>(_ choices: [Choice]) throws -> Choice {
    try #require(choices.randomElement(using: &generator))
  }

  private mutating func pause(upTo seconds: Double) {
    usleep(UInt32(Double.random(in: 0...seconds, using: &generator) * 1e6))
  }

  private func demand(_ condition: Bool, _ otherwise: String) throws {
    if !condition { throw Loss(otherwise) }
  }

  private func demandNobodyLeft(_ processes: [Int32]) throws {
    try waitUntil("none of \(processes) is left") { !processes.contains(where: ProcessTable.isRunning) }
  }
}
