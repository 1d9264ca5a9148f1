import Foundation
import ModelKit
import Testing

@testable import ForkedProcesses

/// Workers that are kept over regions, and what becomes of the pool when one of them dies. `fork` wants a process of
/// its own: an exit test has one.
@Suite struct PoolTests {
  @Test func `a pool repeats regions of every schedule exactly, with the same processes`() async {
    await #expect(processExitsWith: .success) {
      for kind in Schedule.Kind.allCases {
        for (workers, last, grain) in [(1, 0, 1), (3, 1000, 7), (5, 1000, 1001), (40, 100, 1), (40, 5, nil)]
          as [(Int, UInt64, UInt64?)]
        {
          let schedule = Schedule(kind, grain: grain, count: last + 1, workers: workers)
          let processes = ForkedProcesses()
          for _ in 0..<5 {
            let record = try processes.run(
              Job(.sum, workers: workers, extent: .upTo(last), schedule: schedule))
            #expect(record.result.value == UInt128(last) * UInt128(last + 1) / 2, "\(schedule)")
            let shares = try #require(record.shares)
            #expect(shares.reduce(0) { $0 + $1.result.value } == record.result.value)
            #expect(
              shares.allSatisfy { $0.begin <= $0.end && $0.end <= record.region && ($0.peakMemory ?? 0) > 0 })
            if grain != nil { #expect(shares.reduce(0) { $0 + ($1.numbers ?? 0) } == last + 1) }
          }
          try processes.end()
          #expect(Pids.hasNoChild())
        }
      }
    }
  }

  @Test func `a region does not see what the one before it left`() async {
    await #expect(processExitsWith: .success) {
      let processes = ForkedProcesses()
      let job = Job(.stress, workers: 2, extent: .period(length: 30_000_000, load: 50))
      for _ in 0..<3 {
        let record = try processes.run(job)
        for share in try #require(record.shares) {
          #expect(share.slices?.reduce(0, +) == UInt64(share.result.value))
        }
      }
      try processes.end()
      let pids = ForkedProcesses()
      let first = try pids.run(Pids.job(workers: 3))
      let second = try pids.run(Pids.job(workers: 3))
      #expect(first.shares?.map(\.result) == second.shares?.map(\.result))
      #expect(Set(try Pids.of(first)).count == 3)
      try pids.end()
      #expect(Pids.hasNoChild())
    }
  }

  @Test func `a worker that is killed while it is idle is missed in the next region`() async {
    await #expect(processExitsWith: .success) {
      for victim in 0..<3 {
        let processes = ForkedProcesses()
        let pid = try Pids.of(try processes.run(Pids.job(workers: 3)))[victim]
        Pids.kill(pid)
        let death = try #require(throws: WorkerDeath.self) { try processes.run(Pids.job(workers: 3)) }
        #expect(death.worker == victim && death.process == pid && death.status == .signaled(SIGKILL))
        #expect(death.range != nil && !death.hasReported)
        #expect(Pids.hasNoChild())
        // The end that follows has nobody left to end.
        #expect(throws: WorkerDeath.self) { try processes.end() }
      }
    }
  }

  @Test func `a worker that is killed after the last region is told of, and the others are reaped`() async {
    await #expect(processExitsWith: .success) {
      for victim in 0..<3 {
        let processes = ForkedProcesses()
        let pid = try Pids.of(try processes.run(Pids.job(workers: 3)))[victim]
        Pids.kill(pid)
        let death = try #require(throws: WorkerDeath.self) { try processes.end() }
        #expect(death.worker == victim && death.process == pid && death.status == .signaled(SIGKILL))
        #expect(death.hasReported)
        #expect(Pids.hasNoChild())
      }
    }
  }

  @Test func `a worker that dies in the middle of a schedule ends the region, and all are reaped`() async {
    await #expect(processExitsWith: .success) {
      // Whoever treats the number 500 dies of it.
      let deadly = Workload(
        name: "deadly", summary: "",
        work: .numbers([
          .scalar { range in
            if range.contains(500) { raise(SIGKILL) }
            return 0
          }
        ]))
      for kind in Schedule.Kind.allCases {
        for grain in [1, 10, 1001, nil] as [UInt64?] {
          let schedule = Schedule(kind, grain: grain, count: 1001, workers: 4)
          let processes = ForkedProcesses()
          let death = try #require(throws: WorkerDeath.self) {
            try processes.run(Job(deadly, workers: 4, extent: .upTo(1000), schedule: schedule))
          }
          #expect(death.status == .signaled(SIGKILL), "\(schedule)")
          #expect((death.range == nil) == (schedule != .even))
          #expect(death.range?.contains(500) ?? true)
          #expect(Pids.hasNoChild())
        }
      }
    }
  }

  @Test func `a worker that still runs is not waited for when it is given up`() async {
    await #expect(processExitsWith: .success) {
      let hour: UInt64 = 3_600_000_000_000
      let region = Region(Job(.stress, workers: 1, extent: .period(length: hour, load: 1)))
      let worker = try WorkerProcess.fork(0, in: region)
      #expect(worker.death().status == .signaled(SIGKILL))
      #expect(Pids.hasNoChild())
    }
  }
}

/// Processes that tell who they are.
private enum Pids {
  /// A job whose partial results are the identifiers of the processes.
  static func job(workers: Int) -> Job {
    let workload = Workload(name: "pid", summary: "", work: .numbers([.scalar { _ in UInt128(getpid()) }]))
    return Job(workload, workers: workers, extent: .upTo(99))
  }

  static func of(_ record: TrialRecord) throws -> [Int32] {
    try #require(record.shares).map { Int32($0.result.value) }
  }

  /// Kills a process and waits until it is dead, but does not reap it.
  static func kill(_ pid: Int32) {
    #expect(Foundation.kill(pid, SIGKILL) == 0)
    var information = siginfo_t()
    #expect(waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT) == 0)
  }

  static func hasNoChild() -> Bool {
    waitpid(-1, nil, WNOHANG) == -1 && errno == ECHILD
  }
}
