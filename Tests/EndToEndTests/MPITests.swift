import Foundation
import Harness
import Platform
import Records
import TestSupport
import Testing

/// The model `mpi` with the real engine, on one machine.
@Suite(.blocking, .enabled(if: MessagePassing.isHere, MessagePassing.lack)) struct MPITests {
  @Test(
    "ranks on one machine sum exactly with every schedule",
    arguments: [1, 2, 4], [[], ["--schedule", "dynamic"], ["--schedule", "guided"], ["--grain", "999"]])
  func ranksMachine(ranks: Int, schedule: [String]) throws {
    let outcome = try MessagePassing.run(ranks: ranks, ["sum", "--upto", "12345678", "--json"] + schedule)
    #expect(outcome.status == 0, "\(outcome.error)")
    let record = try MessagePassing.record(outcome.output)
    #expect(record.result == KnownAnswer.result(of: "sum", upTo: 12_345_678))
    #expect(record.workers == ranks && record.threadsPerRank == 1)
    let shares = try #require(record.shares)
    #expect(shares.map(\.worker) == Array(0..<ranks))
    #expect(shares.reduce(UInt128(0)) { $0 + $1.result.value } == record.result.value)
    #expect(shares.allSatisfy { $0.begin <= $0.end && $0.end <= record.region && $0.communication != nil })
    let hosts = try #require(record.hosts)
    #expect(hosts.map(\.ranks) == [ranks] && hosts[0].cpuTime > 0 && hosts[0].clockOffset == nil)
  }

  @Test("ranks with several threads and regions sum exactly", arguments: [["--schedule", "dynamic"], []])
  func ranksSeveral(schedule: [String]) throws {
    let outcome = try MessagePassing.run(
      ranks: 2,
      ["primes", "--upto", "200000", "--threads-per-rank", "2", "--repetitions", "7", "--json"] + schedule)
    #expect(outcome.status == 0, "\(outcome.error)")
    let record = try MessagePassing.record(outcome.output)
    #expect(record.result == ExactInteger(17_984) && record.regions?.count == 7)
    #expect(record.workers == 4 && record.threadsPerRank == 2 && record.shares?.count == 4)
  }

  @Test("partial sums of more than 64 bits are added exactly")
  func partialSums() throws {
    let outcome = try MessagePassing.run(
      ranks: 4, ["sum", "--upto", "10000000000", "--kernel", "simd", "--json"])
    #expect(try MessagePassing.record(outcome.output).result.description == "50000000005000000000")
  }

  @Test("stress counts the operations of every rank for the whole time")
  func stressCounts() throws {
    let outcome = try MessagePassing.run(ranks: 2, ["stress", "--seconds", "0.2", "--json"])
    let record = try MessagePassing.record(outcome.output)
    #expect(record.region >= 200_000_000 && record.shares?.count == 2)
    #expect(record.shares?.allSatisfy { $0.result.value > 0 && $0.end >= 200_000_000 } == true)
  }

  @Test("a run saves its machines and ranks, and the report shows them")
  func runSaves() throws {
    let folder = try MessagePassing.suite()
    let outcome = try MessagePassing.runSuite(
      of: folder, launcher: "mpirun --oversubscribe --bind-to none -n '{ranks}'",
      [
        "--workload", "sum", "--kernel", "scalar", "--upto", "1e7", "--workers", "2", "--threads-per-rank",
        "1,2", "--details",
      ]
    ).wait()
    #expect(outcome.status == 0, "\(outcome.error)\(outcome.output)")
    let run = try RunFile.read("\(folder.path)/run.json")
    let reports = run.trials.compactMap(\.report).filter { $0.model == "mpi" }
    #expect(Set(reports.map(\.threadsPerRank)) == [1, 2] && reports.allSatisfy { $0.hosts?.count == 1 })
    #expect(outcome.output.contains("\nmachines of sum\n"))
    #expect(outcome.output.contains("  communication  ") && outcome.output.contains(" 2 × 1 "))
    #expect(folder.text("run.json")?.contains("mpirun") == false, "a launcher may name users and folders")
  }

  @Test("a killed rank fails the trial, with its number and host")
  func killedRank() throws {
    let folder = try MessagePassing.suite()
    let running = try MessagePassing.runSuite(
      of: folder, ["--model", "mpi", "--workload", "stress", "--seconds", "100", "--workers", "2"])
    // Before they have joined each other the launcher says something else; joining takes less CPU time than this.
    var ranks: [Int32] = []
    try waitUntil("two ranks have computed for a second") {
      ranks = Self.ranks(of: folder)
      return ranks.count == 2 && ranks.allSatisfy { ProcessTable.userTicks(of: $0) > 100 }
    }
    kill(try #require(ranks.last), SIGKILL)
    let outcome = try running.wait()
    #expect(outcome.status == 1)
    let trial = try #require(try RunFile.read("\(folder.path)/run.json").trials.first)
    #expect(trial.report == nil)
    let failure = try #require(trial.failure)
    #expect(
      failure.contains("rank 1") && failure.contains(" on node ") && failure.contains("(Killed)"),
      "\(failure)")
    try waitUntil("no rank is left") { Self.ranks(of: folder).isEmpty }
  }

  @Test("a trial that exceeds its time limit ends with all its ranks")
  func trialExceeds() throws {
    let folder = try MessagePassing.suite()
    let outcome = try MessagePassing.runSuite(
      of: folder,
      ["--model", "mpi", "--workload", "stress", "--seconds", "100", "--workers", "2", "--timeout", "2"]
    ).wait()
    #expect(outcome.status == 1 && outcome.output.contains("did not end within 2.000 s and was killed"))
    try waitUntil("no rank is left") { Self.ranks(of: folder).isEmpty }
  }

  @Test("more ranks than slots are reported in the launcher's words on one line")
  func moreRanks() throws {
    let folder = try MessagePassing.suite()
    let outcome = try MessagePassing.runSuite(
      of: folder, launcher: "mpirun --host localhost:1 -n {workers}",
      ["--model", "mpi", "--workload", "sum", "--upto", "1000", "--kernel", "scalar", "--workers", "2"]
    ).wait()
    let failures = outcome.output.split(separator: "\n").filter { $0.hasPrefix("FAILED: ") }
    #expect(outcome.status == 1 && failures.count == 1)
    #expect(failures.first?.contains("There are not enough slots available") == true, "\(outcome.output)")
  }

  @Test("different executables are refused, with their host")
  func differentExecutables() throws {
    let folder = try MessagePassing.suite()
    let file = try #require(FileHandle(forUpdatingAtPath: "\(folder.path)/scaleup-mpi"))
    try file.seekToEnd()
    try file.write(contentsOf: Data([0]))
    try file.close()
    let outcome = try MessagePassing.run(
      ranks: 1, ["sum", "--upto", "10", ":", "-n", "1", "\(folder.path)/scaleup-mpi", "sum", "--upto", "10"])
    #expect(outcome.status != 0 && outcome.output == "")
    #expect(outcome.error.hasPrefix("scaleup-mpi: rank 1 on "), "\(outcome.error)")
    #expect(outcome.error.contains(" executes a different scaleup-mpi (\(suiteVersion), "))
  }

  @Test("a rank count that contradicts --workers is refused once, not by every rank")
  func rankCount() throws {
    let outcome = try MessagePassing.run(ranks: 2, ["sum", "--workers", "3"])
    #expect(outcome.status != 0 && outcome.output == "")
    let lines = outcome.error.split(separator: "\n").filter { $0.hasPrefix("scaleup-mpi: ") }
    #expect(
      lines.count == 1
        && lines[0].hasPrefix("scaleup-mpi: --workers 3 differs from what was launched: 2 ranks "))
  }

  /// The processes that execute the model of a folder.
  private static func ranks(of folder: Folder) -> [Int32] {
    let path = "\(folder.path)/scaleup-mpi\0"
    return ((try? File.names(in: "/proc")) ?? []).compactMap { Int32($0) }.filter {
      FileTree.machine.text("proc/\($0)/cmdline")?.hasPrefix(path) == true && ProcessTable.isRunning($0)
    }.sorted()
  }
}
