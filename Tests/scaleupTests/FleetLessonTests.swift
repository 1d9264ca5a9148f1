import Records
import Testing

@testable import scaleup

/// The conclusions of lessons about fleets, for records of every kind.
struct FleetLessonTests {
  /// A record of a fleet with a time scale of 60.
  private func record(
    _ events: [(time: Double, kind: FleetRecord.Event.Kind, instance: String?)] = [], lost: UInt64 = 0,
    due: UInt64 = 300
  ) -> FleetRecord {
    var record = FleetRecord(
      host: "test", startedAt: "2026-11-29T00:00:00Z",
      settings: .init(
        model: "single", workers: 1, share: 0.1, usesControlGroup: false, policy: "none", policyFile: "",
        min: 1, desired: 2, max: 8, timeScale: 60, startUp: 0, grace: 0, drain: 0, checkInterval: 1,
        checkTimeout: 1, rise: 2, fall: 2, front: "built-in", balancing: "round-robin",
        objective: LatencyObjective(percentile: 95, time: 1), seed: 1))
    record.events = events.map {
      .init(time: UInt64($0.time * 1e9), kind: $0.kind, instance: $0.instance, detail: "")
    }
    var load = LoadRecord(url: "/", connections: 1, duration: 1, warmUp: 0)
    (load.due, load.sent, load.answered) = (due, due, due - lost)
    load.errors[.badStatus] = lost
    record.load = load
    return record
  }

  /// Adds an instance that was launched and came into service at times in seconds.
  private func add(
    _ name: String, template: Int = 1, launched: Double, inService: Double?, answered: UInt64 = 0,
    to record: inout FleetRecord
  ) {
    var instance = FleetRecord.Instance(name: name, template: template, launched: UInt64(launched * 1e9))
    (instance.inService, instance.answered) = (inService.map { UInt64($0 * 1e9) }, answered)
    record.instances.append(instance)
  }

  private func screen(_ text: String) -> String {
    expectScreen(text)
    return text
  }
}

/// `fleet`.
extension FleetLessonTests {
  /// A fleet whose traffic changes after 4 s, with a latency in milliseconds for each second.
  private func grown(
    _ latencies: [UInt64?], decision: Double? = 4.5, service: Double? = 5.8, foreignLoad: Double? = nil
  ) -> LateInstances.Results {
    var record = record()
    record.points = latencies.enumerated().map { second, latency in
      .init(
        time: UInt64(second + 1) * 1_000_000_000 + 50_000_000, rate: 10, failed: 0,
        latency: latency.map { $0 * 1_000_000 }, desired: 2, inService: second > 5 ? 4 : 2, starting: 0,
        draining: 0, unhealthy: 0, utilization: 0.5)
    }
    add("i-1", launched: 0, inService: 0, to: &record)
    func decide(at time: Double, from current: Int, to desired: Int) {
      record.decisions.append(
        .init(
          sample: .init(
            time: 60 * time, current: current, warming: 0, utilization: 50, requestsPerInstance: nil),
          desired: desired, wanted: desired, limitedBy: nil, reason: ""))
    }
    decide(at: 2, from: 1, to: 2)
    if let decision {
      decide(at: decision, from: 2, to: 4)
      add("i-2", launched: decision, inService: service, to: &record)
    }
    return .init(record, change: 4, foreignLoad: foreignLoad)
  }

  @Test("a grown fleet is late by the time to its decision and from there to its first new instance")
  func lateInstances() {
    let usual = grown([20, 20, 20, 20, 400, 900, 300, 30, 25])
    #expect(usual.decision.map { ($0.time - 0.5).magnitude < 1e-9 && $0.desired == 4 } == true)
    #expect(usual.service.map { ($0 - 1.8).magnitude < 1e-9 } == true && usual.most == 4)
    #expect(usual.before == 20_000_000 && usual.worst == 900_000_000)
    #expect(usual.recovery.map { (3.5...4.5).contains($0) } == true)
    let text = screen(LateInstances.explanation(usual))
    #expect(
      text.contains("decided 500.0 ms after the change") && text.contains("served 1.3 s after the decision"))
    #expect(text.contains("rose from 20.00 ms to 900.0 ms, and was low again"), "\(text)")
    #expect(text.contains("asked for 4 instances") && text.contains("help comes after 108 s"))
  }

  @Test("a fleet that did not grow, or whose latency did not rise, is told as it was")
  func otherFleets() {
    func text(_ results: LateInstances.Results) -> String { screen(LateInstances.explanation(results)) }
    let latencies: [UInt64?] = [20, 20, 20, 20, 25, 30]
    #expect(text(grown(latencies, decision: nil)).contains("no utilization over its target"))
    let late = grown(latencies, service: nil, foreignLoad: 1.04)
    #expect(late.service == nil && text(late).contains("no new instance was ready at the end"))
    #expect(text(late).contains("Other programs kept about 1.0 cores busy meanwhile"))
    #expect(text(grown(latencies)).contains("latency went from 20.00 ms to 30.00 ms."))
    #expect(text(grown([20, 20, 20, 20, 400, 900])).contains("and was not low again at the end"))
    #expect(text(grown([nil, nil])).contains("Hardly anything was answered."))
  }
}

/// `unhealthy`.
extension FleetLessonTests {
  private func frozen(
    noticed: Double? = 1.3, served: Double? = 2.1, lost: UInt64 = 30
  ) -> FrozenInstance.Sample {
    var record = record(
      [(3, .frozen, "i-2")]
        + (noticed.map { [(3 + $0, .unhealthy, "i-2"), (3 + $0, .replaced, "i-2")] } ?? []), lost: lost)
    if let noticed { add("i-4", launched: 3 + noticed, inService: served.map { 3 + $0 }, to: &record) }
    return .init(record)
  }

  private func unhealthy(
    _ samples: [FrozenInstance.Sample], foreignLoad: Double? = nil
  ) -> String {
    screen(
      FrozenInstance.explanation(
        .init(
          samples.map { ($0, foreignLoad) }, .init(interval: 0.5, freeze: 3, drain: 0.5, all: 6))))
  }

  @Test("a frozen instance is noticed within the checks that it takes, and the rules of balancing differ")
  func frozenInstance() {
    let sample = frozen()
    #expect(sample.noticed.map { ($0 - 1.3).magnitude < 1e-6 } == true && sample.lost == 30)
    #expect(sample.served.map { ($0 - 2.1).magnitude < 1e-6 } == true)
    let usual = unhealthy([sample, frozen(lost: 1)])
    #expect(
      usual.contains("from 1 s to 1.5 s.") && usual.contains("knew after 1.3 s. It launched another 1.3 s"))
    #expect(usual.contains("the new one served 2.1 s after the freeze"), "\(usual)")
    #expect(usual.contains("Of 300 requests, 30 were lost in turn: until then every third went to it."))
    #expect(usual.contains("With least-outstanding it was 1:"))
    #expect(unhealthy([sample, sample]).contains("and 30 with least-outstanding, which usually saves"))
    #expect(
      unhealthy([frozen(noticed: 2.5), sample]).contains("after 2.5 s, later, because the machine was busy"))
    #expect(unhealthy([frozen(served: nil), sample]).contains("the new one did not serve before the end"))
    #expect(unhealthy([frozen(noticed: nil), sample]).contains("Here nobody noticed"))
    #expect(unhealthy([sample, sample], foreignLoad: 0.9).contains("about 0.9 cores busy"))
    #expect(FrozenInstance.Sample(record()).noticed == nil, "nothing was frozen")
  }
}

/// `rolling`.
extension FleetLessonTests {
  private typealias Moment = (time: Double, kind: FleetRecord.Event.Kind, instance: String?)

  private func replaced(
    isRolling: Bool, lost: UInt64, hasBegun: Bool = true, isOver: Bool = true
  ) -> NewVersion.Sample {
    var moments: [Moment] = [(0, .inService, "i-1"), (0, .inService, "i-2")]
    if hasBegun { moments.append((3, .rolling, nil)) }
    moments +=
      isRolling
      ? [(4, .inService, "i-3"), (4, .draining, "i-1"), (5, .inService, "i-4"), (5, .draining, "i-2")]
      : [(3, .draining, "i-1"), (3, .draining, "i-2"), (5, .inService, "i-3"), (5, .inService, "i-4")]
    var record = record(moments, lost: lost)
    add("i-3", template: 2, launched: 3, inService: 4, to: &record)
    if isOver { add("i-4", template: 2, launched: 3, inService: 5, to: &record) }
    return .init(record, instances: 2)
  }

  @Test("a rolling replacement has always enough instances, one at once has none for a while")
  func newVersion() {
    let (rolling, atOnce) = (replaced(isRolling: true, lost: 0), replaced(isRolling: false, lost: 90))
    #expect(rolling.least == 2 && atOnce.least == 0)
    #expect(rolling.duration == 2 && rolling.begin == 3)
    func text(_ samples: [NewVersion.Sample], foreignLoad: Double? = nil) -> String {
      screen(NewVersion.explanation(.init(samples.map { ($0, foreignLoad) }, startUp: 0.5)))
    }
    let usual = text([rolling, atOnce])
    #expect(
      usual.contains("never fewer than 2 instances in service, and none of 300 requests was lost."),
      "\(usual)")
    #expect(usual.contains("All at once took 2 s, and lost 90 of 300 requests, those of 1.5 s"))
    let lossy = text([replaced(isRolling: true, lost: 1, isOver: false), replaced(isRolling: false, lost: 0)])
    #expect(
      lossy.contains("yet 1 request of 300 had no answer") && lossy.contains("It was not over at the end."))
    #expect(lossy.contains("lost nothing here either: by luck"))
    let none = replaced(isRolling: true, lost: 0, hasBegun: false)
    #expect(none.begin == nil && none.duration == nil)
    #expect(text([none, none], foreignLoad: 2).contains("Here no new version came"))
  }
}

/// `jobs`.
extension FleetLessonTests {
  private func backlog(
    _ time: Double?, kills: Int = 1, redelivered: Int = 1, foreignLoad: Double? = nil
  ) -> JobsInHand.Results {
    var record = record((0..<kills).map { (2 + Double($0), .killed, "i-\($0 + 1)") })
    add("i-1", launched: 0, inService: 0, answered: 9, to: &record)
    add("i-2", launched: 0, inService: 0, answered: 15, to: &record)
    if kills > 0 { add("i-4", launched: 2.2, inService: 2.9, answered: 12, to: &record) }
    record.front = FrontStatus(time: 0, jobs: .init(done: time == nil ? 30 : 36, redelivered: redelivered))
    return .init(record, jobs: 36, job: 0.5, time: time, foreignLoad: foreignLoad)
  }

  @Test("each job of a backlog has one result, and its time is held against jobs × time / instances")
  func jobsInHand() {
    func text(_ results: JobsInHand.Results) -> String { screen(JobsInHand.explanation(results)) }
    let results = backlog(6.7)
    #expect(results.planned == 6 && results.done == 36 && results.answers == 36 && results.killed == ["i-1"])
    #expect(results.gap.map { ($0 - 0.9).magnitude < 1e-6 } == true)
    let usual = text(results)
    #expect(usual.contains("i-1 was killed; its connection broke, so the queue gave its job"), "\(usual)")
    #expect(
      usual.contains("1 job given out again") && usual.contains("36 of 36 jobs have one, from 36 answers."))
    #expect(usual.contains("36 × 500.0 ms / 3 = 6 s. It took 6.7 s. One instance was missing for 900.0 ms"))
    #expect(text(backlog(6.1)).contains("it took 6.1 s.") && !text(backlog(6.1)).contains("was missing"))
    #expect(text(backlog(6.1, kills: 0, redelivered: 0)).contains("no instance was killed before"))
    #expect(text(backlog(6.1, redelivered: 0)).contains("it had no job in hand at that moment"))
    #expect(text(backlog(8, kills: 2, redelivered: 2)).contains("i-1 (and 1 more later) was killed"))
    #expect(text(backlog(nil, foreignLoad: 1.5)).contains("30 of 36 jobs"))
    #expect(text(backlog(nil)).contains("was not done at the end"))
  }

  @Test("mistakes about fleets are told by the guess and the answer")
  func mistakes() {
    func feedback(_ lesson: any Lesson.Type, _ guess: Double, _ answer: Double) -> String? {
      lesson.feedback(on: .init(guess: guess, answer: answer, workers: 2), isChoice: false)
    }
    #expect(feedback(LateInstances.self, 1, 1.8)?.contains("only the start-up") == true)
    #expect(feedback(LateInstances.self, 5, 1.8) == nil)
    #expect(feedback(FrozenInstance.self, 0.5, 1.3)?.contains("first failed check") == true)
    #expect(feedback(NewVersion.self, 0, 70)?.contains("the gap is thought to be short") == true)
    #expect(feedback(NewVersion.self, 200, 70)?.contains("The first one ends it") == true)
    #expect(feedback(JobsInHand.self, 18, 6.7)?.contains("follow one another") == true)
    #expect(feedback(JobsInHand.self, 9, 6.7)?.contains("Only the job in its hand") == true)
    #expect(feedback(JobsInHand.self, 6.5, 6.7) == "Your prediction is within 10 %.")
  }
}
