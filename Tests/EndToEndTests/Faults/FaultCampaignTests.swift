import Foundation
import TestSupport
import Testing

/// Random faults at random moments: no wrong answer, no lost trial, nobody left behind, no hang.
///
/// A longer campaign by hand: `SCALEUP_FAULTS=500 SCALEUP_FAULT_SEED=7 swift test --filter FaultCampaign`.
@Suite(.blocking, .serialized, .timeLimit(.minutes(60))) struct FaultCampaignTests {
  private static func setting(_ name: String, otherwise standard: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? standard
  }

  @Test("random faults never lose a finished trial, give a wrong answer, or leave a process behind")
  func randomFaults() throws {
    let count = Self.setting("SCALEUP_FAULTS", otherwise: Fault.allCases.count)
    var generator = SplitMix64(seed: UInt64(Self.setting("SCALEUP_FAULT_SEED", otherwise: 1)))
    var outcomes: [Fault: [FaultOutcome: Int]] = [:]
    // Every kind in turn, so that a short campaign has all.
    for number in 0..<count {
      let fault = Fault.allCases[number % Fault.allCases.count]
      var campaign = FaultCampaign(seed: generator.next())
      do {
        outcomes[fault, default: [:]][try campaign.survive(fault), default: 0] += 1
      } catch {
        outcomes[fault, default: [:]][.lost, default: 0] += 1
        Issue.record("fault \(number), \(fault.rawValue): \(error)")
      }
    }
    print(table(of: outcomes))
    #expect(outcomes.values.allSatisfy { $0[.lost] == nil })
    #expect(outcomes.values.reduce(0) { $0 + $1.values.reduce(0, +) } == count)
  }

  /// Returns a table of the faults tried, survived and lost.
  private func table(of outcomes: [Fault: [FaultOutcome: Int]]) -> String {
    let lines = Fault.allCases.map { fault in
      let counts = FaultOutcome.allCases.map { outcome in
        "\(outcome.rawValue) \(outcomes[fault]?[outcome] ?? 0)"
      }
      return "\(fault.rawValue): \(counts.joined(separator: ", "))"
    }
    return "faults, and what came of them\n" + lines.joined(separator: "\n")
  }
}

/// A fault that the campaign causes.
enum Fault: String, CaseIterable {
  case workerKilled = "a forked worker is killed"
  case workerStopped = "a forked worker is stopped"
  case modelKilled = "a forking model is killed"
  case runInterrupted = "a run is interrupted and carried on"
  case harnessKilled = "the harness is killed"
  case diskFilled = "the disk fills up"
  case pipeCut = "the reader of the output goes"
  case modelStopped = "a model is stopped"
}

/// The outcome of a fault.
enum FaultOutcome: String, CaseIterable {
  /// The right answer came all the same.
  case survived
  /// The work was given up as it should be, and what was finished was kept.
  case refused
  /// The fault came too late, or cannot be made here.
  case missed
  /// Something that must not be.
  case lost
}
