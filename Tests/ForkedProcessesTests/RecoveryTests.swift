import Foundation
import ModelKit
import Testing

@testable import ForkedProcesses

/// Workers that are lost at a given number of their work. `fork` needs a process with one thread: each exit test has one.
@Suite struct RecoveryTests {
  @Test("a worker that is killed or exits in any chunk is replaced, and the result stays exact")
  func lostWorker() async {
    await #expect(processExitsWith: .success) {
      for (fault, cause) in [
        (.signal(SIGKILL), "was killed by SIGKILL"),
        (.signal(SIGTERM), "was killed by SIGTERM"),
        (.signal(SIGSEGV), "was killed by SIGSEGV"),
        (.signal(SIGABRT), "was killed by SIGABRT"), (.exit, "exited with status 3"),
      ] as [(Fault, String)] {
        for schedule in Faulty.schedules {
          for (workload, result, places) in [
            (Workload.sum, 500_500, [0]), (.sum, 500_500, [500]), (.primes, 168, [1000]),
            (.primes, 168, [0, 500, 1000]),
          ] as [(Workload, UInt128, [UInt64])] {
            let processes = ForkedProcesses()
            let faulty = try Faulty(workload, fault, at: places)
            let job = Job(
              faulty.workload, workers: 4, extent: .upTo(1000), schedule: schedule, retries: places.count)
            for region in 0..<2 {
              let record = try processes.run(job)
              #expect(record.result.value == result, "\(fault) \(schedule)")
              try expectConsistent(record)
              let restarts = try #require(record.restarts)
              #expect(restarts.map(\.cause) == places.map { _ in cause })
              #expect(restarts.allSatisfy { $0.region == 0 && $0.lost <= $0.at })
              if region == 0 { #expect(restarts.allSatisfy { $0.at <= record.region }) }
            }
            processes.end()
            #expect(hasNoChild)
          }
        }
      }
    }
  }

  @Test("a worker that stops or hangs is found after the timeout, killed and replaced")
  func silentWorker() async {
    await #expect(processExitsWith: .success) {
      for fault in [.stop, .spin] as [Fault] {
        for schedule in Faulty.schedules {
          let processes = ForkedProcesses()
          let faulty = try Faulty(.sum, fault, at: [500])
          // On a busy machine the other workers may be silent for so long too, and are replaced as well.
          let job = Job(
            faulty.workload, workers: 4, extent: .upTo(1000), schedule: schedule, retries: 1_000_000,
            timeout: 100_000_000)
          for _ in 0..<2 {
            let record = try processes.run(job)
            #expect(record.result.value == 500_500, "\(schedule)")
            try expectConsistent(record)
            let restarts = try #require(record.restarts)
            #expect(Set(restarts.map(\.cause)) == ["did not report for 100.0 ms and was killed"])
            #expect(restarts.first?.region == 0 && restarts.allSatisfy { $0.lost >= 100_000_000 })
          }
          processes.end()
          #expect(hasNoChild)
        }
      }
    }
  }

  @Test("a stress whose worker is killed lasts its time, and counts the operations of the others")
  func killedStress() async {
    await #expect(processExitsWith: .success) {
      let processes = ForkedProcesses()
      let faulty = try Faulty(.stress, .signal(SIGKILL), at: [0])
      let record = try processes.run(
        Job(faulty.workload, workers: 3, extent: .period(length: 200_000_000, load: 100), retries: 1))
      #expect(record.region >= 200_000_000 && record.restarts?.count == 1)
      try expectConsistent(record)
      processes.end()
      #expect(hasNoChild)
    }
  }

  @Test("a stress whose worker stops lasts its time and the timeout, and the stopped worker counts nothing")
  func stoppedStress() async {
    await #expect(processExitsWith: .success) {
      let processes = ForkedProcesses()
      let faulty = try Faulty(.stress, .stop, at: [0])
      let record = try processes.run(
        Job(
          faulty.workload, workers: 2, extent: .period(length: 100_000_000, load: 100), retries: 1_000_000,
          timeout: 200_000_000))
      #expect(record.region >= 300_000_000)
      try expectConsistent(record)
      let restarts = try #require(record.restarts)
      #expect(restarts.allSatisfy { $0.cause == "did not report for 200.0 ms and was killed" })
      // A worker that is replaced begins when the time is over.
      for restart in restarts { #expect(record.shares?[restart.worker].result.value == 0) }
      processes.end()
      #expect(hasNoChild)
    }
  }

  @Test("a worker that is lost again and again is an error when no retries are left")
  func noRetriesLeft() async {
    await #expect(processExitsWith: .success) {
      for (schedule, retries) in zip(Faulty.schedules, [0, 1, 3, 7, 0, 1, 3, 7, 0, 1, 3, 7]) {
        let processes = ForkedProcesses()
        let faulty = try Faulty(.sum, .signal(SIGKILL), at: [500], again: true)
        let job = Job(
          faulty.workload, workers: 4, extent: .upTo(1000), schedule: schedule, retries: retries)
        let loss = try #require(throws: WorkerLoss.self) { try processes.run(job) }
        #expect(loss.cause == .ended(.signaled(SIGKILL)) && loss.retries == retries, "\(schedule)")
        #expect(hasNoChild)
        // The program calls it once more.
        processes.end()
      }
    }
  }
}

/// Expects that the shares of a record add up to its result.
private func expectConsistent(_ record: TrialRecord) throws {
  let shares = try #require(record.shares)
  #expect(shares.reduce(0) { $0 + $1.result.value } == record.result.value)
  #expect(shares.allSatisfy { $0.begin <= $0.end && $0.end <= record.region })
  for share in shares {
    if let slices = share.slices { #expect(slices.reduce(0, +) == UInt64(share.result.value)) }
  }
  if let upTo = record.upTo, record.grain != nil {
    #expect(shares.reduce(0) { $0 + ($1.numbers ?? 0) } == upTo + 1)
  }
}

/// Whether this process has no child, dead or alive.
private var hasNoChild: Bool { waitpid(-1, nil, WNOHANG) == -1 && errno == ECHILD }
