import Analysis
import Harness
import Records
import Testing

@testable import scaleup

/// Lessons beside other programs, as a runner makes them up.
struct LessonTrialsTests {
  /// A runner whose trials each take a second of its own clock.
  private final class Machine: TrialRunner {
    private let foreignLoad: (Configuration, Int) -> Double
    private(set) var asked: [Configuration] = []
    private(set) var time: UInt64 = 0

    /// - Parameter foreignLoad: The cores that other programs keep busy during a trial of a configuration; the second
    ///   argument is the number of its earlier trials.
    init(_ foreignLoad: @escaping (Configuration, Int) -> Double) {
      self.foreignLoad = foreignLoad
    }

    func run(_ configuration: Configuration, timeout: UInt64) throws(Interruption) -> TrialOutcome {
      let earlier = asked.count { $0 == configuration }
      asked.append(configuration)
      time += 1_000_000_000
      var process = ProcessRecord(
        wall: 1_000_000_000, userTime: 0, systemTime: 0, voluntaryContextSwitches: 0,
        involuntaryContextSwitches: 0, minorPageFaults: 0, majorPageFaults: 0)
      process.activity = Activity(busy: UInt64(foreignLoad(configuration, earlier) * 1e9))
      return .measured(process, TrialRecord(result: ExactInteger(45), region: UInt64(earlier + 1)))
    }
  }

  private let configurations = ["fork", "threads", "dispatch"].map {
    Configuration(model: $0, workload: "sum", workers: 2, upTo: 9)
  }

  /// Measures each configuration three times, and disturbed ones again, in so many seconds.
  private func measure(_ machine: Machine, within seconds: UInt64) throws -> [MeasuredConfiguration] {
    let plan = Plan(configurations: configurations, trials: 3, warmUps: 0)
    let trials = LessonTrials(machine, plan, timeout: 5, effectiveCPUs: 2) { machine.time }
    var shown = 0
    let measured = try trials.carryOut(
      within: seconds * 1_000_000_000, willTry: { #expect($0.position == shown) },
      didTry: { _ in shown += 1 })
    #expect(shown == machine.asked.count)
    #expect(measured.map(\.configuration) == configurations)
    return measured
  }

  @Test("a lesson on a quiet machine tries each configuration once per round")
  func quiet() throws {
    let machine = Machine { _, _ in 0 }
    let measured = try measure(machine, within: 29)
    #expect(machine.asked.count == 9 && measured.allSatisfy { $0.trials.count == 3 })
    #expect(DisturbedLesson(measured) == nil)
  }

  @Test("disturbed trials of a lesson are taken again until each configuration has enough undisturbed ones")
  func retaken() throws {
    let machine = Machine { configuration, earlier in
      configuration.model == "threads" && earlier < 4 ? 1 : 0
    }
    let measured = try measure(machine, within: 29)
    #expect(machine.asked.count == 9 + 4, "threads was tried seven times")
    #expect(measured.map { $0.disturbed.count } == [0, 4, 0])
    #expect(measured[1].trials.map(\.time) == [5, 6, 7])
    #expect(DisturbedLesson(measured) == nil)
  }

  @Test(
    "a lesson carries out its rounds, and retakes trials only as long as its time lasts",
    arguments: [0, 8, 9, 10, 14, 29])
  func patience(seconds: UInt64) throws {
    let machine = Machine { _, _ in 0.8 }
    let measured = try measure(machine, within: seconds)
    #expect(UInt64(machine.asked.count) == max(9, seconds))
    #expect(measured.allSatisfy { $0.isDisturbed })
    #expect(DisturbedLesson(measured) != nil)
  }

  @Test("a lesson is withheld if a configuration has no undisturbed trial, and says why and what to do")
  func withheld() throws {
    let loads = ["fork": 0.2, "threads": 1.26, "dispatch": 0]
    let measured = try measure(Machine { configuration, _ in loads[configuration.model] ?? 0 }, within: 0)
    let disturbance = try #require(DisturbedLesson(measured))
    #expect(
      DisturbedLesson(Array(measured[1...]))?.explanation(lesson: "tasks")
        == "Other programs kept about 1.3 cores busy during the measurement, so the answer of this lesson would "
        + "mislead. Stop them and start the lesson again with scaleup demo tasks.")
    // The median over the trials of fork and threads.
    #expect((disturbance.foreignLoad - 0.73).magnitude < 1e-6)
    #expect(DisturbedLesson([measured[2]]) == nil)
  }
}
