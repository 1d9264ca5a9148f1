import Foundation
import Harness
import Records
import Testing

/// The model `mpi` with the real engine, on two machines made of network namespaces.
@Suite(
  .blocking, .serialized, .enabled(if: MessagePassing.isHere, MessagePassing.lack),
  .enabled(if: TwoMachines.canBeMade, TwoMachines.lack))
struct TwoMachinesTests {
  private func run(_ machines: TwoMachines, ranks: Int, _ arguments: [String]) throws -> TrialRecord {
    let outcome = try Program(path: machines.launcher).start(
      ["-n", "\(ranks)", try #require(MessagePassing.executable)] + arguments + ["--json"],
      environment: MessagePassing.environment
    ).wait()
    #expect(outcome.status == 0, "\(outcome.error)")
    return try MessagePassing.record(outcome.output)
  }

  /// By how much their clocks differ is known.
  private func checkClock(of record: TrialRecord) throws {
    let hosts = try #require(record.hosts)
    #expect(hosts.map(\.name) == ["left", "right"] && hosts[0].clockOffset == nil)
    let (offset, error) = (try #require(hosts[1].clockOffset), try #require(hosts[1].clockError))
    #expect((offset - TwoMachines.clockOffset).magnitude <= error && error > 0, "\(offset) ± \(error)")
  }

  @Test(
    "ranks on two machines sum exactly, and their clocks are compared",
    arguments: [[], ["--schedule", "dynamic"]])
  func ranksTwo(schedule: [String]) throws {
    let record = try run(TwoMachines(), ranks: 4, ["sum", "--upto", "12345678"] + schedule)
    #expect(record.result == KnownAnswer.result(of: "sum", upTo: 12_345_678))
    #expect(record.hosts?.map(\.ranks) == [2, 2])
    #expect(Set(record.shares?.map(\.host) ?? []) == [0, 1])
    try checkClock(of: record)
  }

  @Test("times on the second machine are given by the clock of the first")
  func timesSecond() throws {
    let record = try run(TwoMachines(), ranks: 2, ["stress", "--seconds", "0.5"])
    let share = try #require(record.shares?.last)
    #expect(share.host == 1 && share.begin < share.end, "\(share.begin)..<\(share.end) of \(record.region)")
  }

  @Test("a run on two machines is compared with the same workers in one")
  func runTwo() throws {
    let (machines, folder) = (try TwoMachines(), try MessagePassing.suite())
    func run(_ launcher: String, _ name: String) throws -> Program.Outcome {
      try Program(path: "\(folder.path)/scaleup").start(
        [
          "--launcher", launcher, "--trials", "1", "--warmup", "0", "--output", name, "--workload", "sum",
          "--kernel", "scalar", "--upto", "1e7", "--workers", "2", "--label", name, "--details",
        ], in: folder, environment: MessagePassing.environment
      ).wait()
    }
    let two = try run("'\(machines.launcher)' -n {workers}", "two.json")
    #expect(two.status == 0, "\(two.error)\(two.output)")
    #expect(
      two.output.contains("mpi 2   left  ") || two.output.contains(" left ") && two.output.contains(" right ")
    )
    let one = try run("mpirun --oversubscribe --bind-to none -n {workers}", "one.json")
    #expect(one.status == 0, "\(one.error)")
    let compared = try Program(path: "\(folder.path)/scaleup").run(
      ["compare", "one.json", "two.json", "--price", "A=1", "--price", "B=1", "--details"], in: folder)
    #expect(compared.status == 0, "\(compared.error)")
    #expect(compared.output.contains("\nthe same workers on one machine and on several\n"))
    #expect(compared.output.contains("  A mpi   B mpi "), "\(compared.output)")
    #expect(compared.output.contains("for money in one"))
  }

  @Test(
    "a slow or lossy network does not change the answer",
    .enabled(if: TwoMachines.canDisturb, "the kernel has no netem, with which packets are delayed and lost"),
    arguments: [["delay", "20ms"], ["delay", "1ms", "loss", "5%"]])
  func slowLossy(disturbance: [String]) throws {
    let machines = try TwoMachines()
    try machines.disturb(disturbance)
    let record = try run(machines, ranks: 2, ["sum", "--upto", "1e8", "--schedule", "dynamic"])
    #expect(record.result == KnownAnswer.result(of: "sum", upTo: 100_000_000))
    try checkClock(of: record)
  }
}
