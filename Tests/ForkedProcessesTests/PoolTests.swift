import Foundation
import ModelKit
import Testing

@testable import ForkedProcesses

/// Workers that are kept over regions, and what becomes of the pool when one of them is lost. `fork` wants a process of
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
          processes.end()
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
      processes.end()
      let pids = ForkedProcesses()
      let first = try pids.run(Pids.job(workers: 3))
      let second = try pids.run(Pids.job(workers: 3))
      #expect(first.shares?.map(\.result) == second.shares?.map(\.result))
      #expect(Set(try Pids.of(first)).count == 3)
      pids.end()
      #expect(Pids.hasNoChild())
    }
  }

  @Test func `a worker that is killed while it is idle is replaced in the next region`() async {
    await #expect(processExitsWith: .success) {
      for victim in 0..<3 {
        let processes = ForkedProcesses()
        let before = try Pids.of(try processes.run(Pids.job(workers: 3)))
        Pids.kill(before[victim])
        let record = try processes.run(Pids.job(workers: 3))
        let after = try Pids.of(record)
        #expect(zip(before, after).map { $0 == $1 } == (0..<3).map { $0 != victim })
        let restart = try #require(record.restarts?.first)
        #expect(record.restarts?.count == 1 && restart.worker == victim && restart.region == 1)
        #expect(restart.cause == "was ended by signal 9 (Killed)" && restart.at <= record.region)
        // It is told again in the record of every later region, which is the one that is kept.
        #expect(try processes.run(Pids.job(workers: 3)).restarts == [restart])
        processes.end()
        #expect(Pids.hasNoChild())
      }
    }
  }

  @Test func `a worker that is killed after the last region has lost nothing, and all are reaped`() async {
    await #expect(processExitsWith: .success) {
      for signal in [SIGKILL, SIGSTOP] {
        let processes = ForkedProcesses()
        let pids = try Pids.of(try processes.run(Pids.job(workers: 3)))
        #expect(kill(pids[1], signal) == 0)
        processes.end()
        #expect(Pids.hasNoChild())
      }
    }
  }

  @Test func `a worker that is lost in the middle of any schedule is replaced, and the sum stays exact`()
    async
  {
    await #expect(processExitsWith: .success) {
      for (fault, cause) in [
        (.kill, "was ended by signal 9 (Killed)"), (.exit, "exited with status 3"),
        (.stop, "did not report for 50.00 ms and was killed"),
        (.spin, "did not report for 50.00 ms and was killed"),
      ] as [(Fault, String)] {
        for kind in Schedule.Kind.allCases {
          for grain in [1, 10, 1001, nil] as [UInt64?] {
            let folder = try Folder()
            let schedule = Schedule(kind, grain: grain, count: 1001, workers: 4)
            let processes = ForkedProcesses()
            // On a busy machine others than the one that hangs may be silent for long, and are replaced too.
            let isSilent = fault == .stop || fault == .spin
            let job = Job(
              fault.workload(once: folder), workers: 4, extent: .upTo(1000), schedule: schedule, retries: 100,
              timeout: isSilent ? 50_000_000 : nil)
            for _ in 0..<2 {
              let record = try processes.run(job)
              #expect(record.result.value == 500_500, "\(schedule)")
              let shares = try #require(record.shares)
              #expect(shares.reduce(0) { $0 + $1.result.value } == 500_500)
              if grain != nil { #expect(shares.reduce(0) { $0 + ($1.numbers ?? 0) } == 1001) }
              let restarts = try #require(record.restarts)
              #expect(Set(restarts.map(\.cause)) == [cause] && restarts.first?.region == 0)
              #expect(restarts.count == 1 || isSilent)
            }
            processes.end()
            #expect(Pids.hasNoChild())
          }
        }
      }
    }
  }

  @Test func `a worker that is lost again and again is an error when the retries are used up`() async {
    await #expect(processExitsWith: .success) {
      for kind in Schedule.Kind.allCases {
        for (grain, retries) in [(1, 0), (10, 1), (1001, 3), (nil, 7)] as [(UInt64?, Int)] {
          let schedule = Schedule(kind, grain: grain, count: 1001, workers: 4)
          let processes = ForkedProcesses()
          let job = Job(
            Fault.kill.workload(), workers: 4, extent: .upTo(1000), schedule: schedule, retries: retries)
          let loss = try #require(throws: WorkerLoss.self) { try processes.run(job) }
          #expect(loss.cause == .ended(.signaled(SIGKILL)) && loss.retries == retries, "\(schedule)")
          #expect(Pids.hasNoChild())
          // The end that follows has nobody left to end.
          processes.end()
        }
      }
    }
  }
}

/// What befalls whoever treats the number 500.
private enum Fault {
  case kill, exit, stop, spin

  /// A sum in which that happens: the first time alone where there is a folder to remember it in.
  func workload(once folder: Folder? = nil) -> Workload {
    let mark = folder.map { $0.path + "/mark" }
    return Workload(
      name: "faulty", summary: "",
      work: .numbers([
        .scalar { range in
          if range.contains(500), mark.map({ open($0, O_CREAT | O_EXCL, 0o600) != -1 }) ?? true { befall() }
          return range.reduce(0) { $0 + UInt128($1) }
        }
      ]))
  }

  private func befall() {
    switch self {
    case .kill: raise(SIGKILL)
    case .exit: _exit(3)
    case .stop: raise(SIGSTOP)
    case .spin: while true { usleep(0) }
    }
  }
}

/// A new folder that goes with the value's last reference.
private final class Folder: Sendable {
  let path = NSTemporaryDirectory() + "scaleup pool \(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
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
