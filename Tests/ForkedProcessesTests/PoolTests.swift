import Foundation
import ModelKit
import Testing

@testable import ForkedProcesses

/// Workers that live on between regions. `fork` needs a process with one thread: each exit test has one.
@Suite struct PoolTests {
  @Test("a pool repeats regions of every schedule exactly, with the same processes")
  func repetitions() async {
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
          #expect(Children.areReaped)
        }
      }
    }
  }

  @Test("a region does not contain counts of the region before it")
  func freshCounts() async {
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
      #expect(Children.areReaped)
    }
  }

  @Test("the same processes run every region")
  func sameProcesses() async {
    await #expect(processExitsWith: .success) {
      let processes = ForkedProcesses()
      let first = try processes.run(Children.job(workers: 3))
      let second = try processes.run(Children.job(workers: 3))
      #expect(first.shares?.map(\.result) == second.shares?.map(\.result))
      #expect(Set(try Children.identifiers(in: first)).count == 3)
      processes.end()
      #expect(Children.areReaped)
    }
  }

  @Test("a worker has two descriptors open besides the standard streams, and so has its replacement")
  func descriptors() async {
    await #expect(processExitsWith: .success) {
      let workload = Workload(
        name: "descriptors", summary: "",
        work: .numbers([
          .scalar { _ in UInt128((3..<4096).filter { fcntl($0, F_GETFD) != -1 }.count) }
        ]))
      let processes = ForkedProcesses()
      for _ in 0..<2 {
        let record = try processes.run(Job(workload, workers: 5, extent: .upTo(99)))
        #expect(record.shares?.map { $0.result.value } == [2, 2, 2, 2, 2])
        for victim in [0, 3] { Children.kill(processes.workers[victim].identifier) }
      }
      processes.end()
      #expect(Children.areReaped)
    }
  }

  @Test("an idle worker that is killed is replaced in the next region")
  func idleWorker() async {
    await #expect(processExitsWith: .success) {
      for victim in 0..<3 {
        let processes = ForkedProcesses()
        let before = try Children.identifiers(in: try processes.run(Children.job(workers: 3)))
        Children.kill(before[victim])
        let record = try processes.run(Children.job(workers: 3))
        let after = try Children.identifiers(in: record)
        #expect(zip(before, after).map { $0 == $1 } == (0..<3).map { $0 != victim })
        let restart = try #require(record.restarts?.first)
        #expect(record.restarts?.count == 1 && restart.worker == victim && restart.region == 1)
        #expect(restart.cause == "was killed by SIGKILL" && restart.at <= record.region)
        // The last region's record is the one that is kept: it has the restarts of all regions.
        #expect(try processes.run(Children.job(workers: 3)).restarts == [restart])
        processes.end()
        #expect(Children.areReaped)
      }
    }
  }

  @Test("a worker that is killed or stopped after the last region is reaped")
  func afterLastRegion() async {
    await #expect(processExitsWith: .success) {
      for signal in [SIGKILL, SIGSTOP] {
        let processes = ForkedProcesses()
        let identifiers = try Children.identifiers(in: try processes.run(Children.job(workers: 3)))
        #expect(kill(identifiers[1], signal) == 0)
        processes.end()
        #expect(Children.areReaped)
      }
    }
  }
}

/// The child processes of this process.
private enum Children {
  /// A job whose partial results are the identifiers of the workers.
  static func job(workers: Int) -> Job {
    let workload = Workload(name: "pid", summary: "", work: .numbers([.scalar { _ in UInt128(getpid()) }]))
    return Job(workload, workers: workers, extent: .upTo(99))
  }

  /// Returns the process identifier of each worker in a record of that job.
  static func identifiers(in record: TrialRecord) throws -> [Int32] {
    try #require(record.shares).map { Int32($0.result.value) }
  }

  /// Kills a process and waits until it is dead, but does not reap it.
  static func kill(_ identifier: Int32) {
    #expect(Foundation.kill(identifier, SIGKILL) == 0)
    var information = siginfo_t()
    #expect(waitid(P_PID, id_t(identifier), &information, WEXITED | WNOWAIT) == 0)
  }

  /// Whether this process has no child, dead or alive.
  static var areReaped: Bool {
    waitpid(-1, nil, WNOHANG) == -1 && errno == ECHILD
  }
}
