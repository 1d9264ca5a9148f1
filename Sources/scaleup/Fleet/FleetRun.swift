import Autoscaling
import Fleet
import Harness
import Platform
import Records
import Statistics

/// A fleet that runs: one thread and one `poll` loop, which starts the programs, samples them, lets the policy decide and carries
/// out the actions of the group.
final class FleetRun {
  /// The time between two samples in nanoseconds.
  private static let sampleInterval: UInt64 = 250_000_000

  let plan: FleetPlan
  let signals: FleetSignals
  let view: FleetView
  private let isDone: (_ port: Int, FrontStatus) throws -> Bool
  var recorder: FleetRecorder
  var front: any StartedFront
  var group: FleetGroup
  var loop: PolicyLoop
  var faults: FleetFaults
  /// The processes of the instances, by their name.
  var processes: [String: FleetProcess] = [:]
  /// The load generator; `nil` before it starts.
  var load: FleetProcess?
  /// The monotonic time that is 0 for the fleet.
  var origin = Clock.monotonic.now()
  /// Whether the first instances are in service, or failed to be, so that the clock and the traffic began.
  private(set) var hasBegun = false
  /// Whether `isDone` ended the fleet.
  private var hasFinished = false
  private var nextSample: UInt64 = 0
  private var nextReplacement: UInt64?
  /// Whether the queue had no job left after the end of the traffic; a balancer has none.
  private var isQueueEmpty = false
  /// The reason that the front takes no work; `nil` if it does.
  private var frontProblem: String?
  private var suspension = SuspensionWatch(tolerance: 500_000_000)
  private(set) var cpuTimes: [String: UInt64] = [:]

  /// Starts the front.
  ///
  /// - Parameter isDone: Called at every sample once the clock has begun, with the port for clients and the state of the front;
  ///   the fleet ends when it returns `true`.
  /// - Throws: `FleetFailure`, `SystemError`, `EncodingError`.
  init(
    _ plan: FleetPlan, host: String, signals: FleetSignals, view: FleetView,
    until isDone: @escaping (_ port: Int, FrontStatus) throws -> Bool = { _, _ in false }
  ) throws {
    (self.plan, self.signals, self.view, self.isDone) = (plan, signals, view, isDone)
    recorder = FleetRecorder(
      FleetRecord(host: host, startedAt: UTCTime.now().text, settings: try plan.settings()))
    group = FleetGroup(plan.group, desired: plan.desired)
    loop = PolicyLoop(
      plan.policy, startingWith: plan.desired, timeScale: plan.arguments.group.timeScale,
      share: plan.arguments.instances.share)
    faults = FleetFaults(plan.arguments.faults)
    nextReplacement = plan.arguments.faults.replaceEvery
    front = try plan.startFront(unless: { signals.endRequest != nil })
    if let title = front.title { recorder.finish { $0.settings.front = title } }
    view.announce(port: front.port)
  }

  /// The nanoseconds since the start.
  var now: UInt64 { Clock.monotonic.now() - origin }

  /// Runs the fleet to its end, and ends all that it started.
  ///
  /// - Returns: The record, and the signal that ended it; `nil` if none did.
  func run() -> (record: FleetRecord, signal: Int32?) {
    var signal: Int32?
    do {
      group.step(at: now)
      try carryOut()
      while signal == nil {
        try wait()
        signal = try takeSignal()
        try reap()
        if now >= wakeUp { try tick(at: now) }
        if try isOver() { break }
      }
    } catch  where Self.isInterruption(error) {
      signal = signals.endRequest
      _ = signals.take()
    } catch {
      recorder.finish { $0.failure = "\(error)" }
    }
    end(isInterrupted: signal != nil)
    return (recorder.record, signal)
  }

  /// Whether an error only says that a wait for the front ended because someone asked the fleet to end.
  private static func isInterruption(_ error: any Error) -> Bool {
    error is FrontInterruption || error as? HAProxyError == .interrupted
  }

  /// The time of the next sample, decision, fault or end.
  private var wakeUp: UInt64 {
    var times = [nextSample, group.nextDeadline ?? .max]
    if hasBegun {
      times += [
        loop.due, faults.next ?? .max, nextReplacement ?? .max, plan.arguments.duration ?? .max,
      ]
    }
    return times.min() ?? 0
  }

  /// Waits for the next event, and receives what the programs print.
  private func wait() throws {
    let streams = processes.values.flatMap(\.streams) + (load?.streams ?? [])
    let now = now
    let time = signals.hasPending ? 0 : wakeUp - min(wakeUp, now)
    _ = suspension.note(at: now, next: now + time)
    let ready = try poll([signals.descriptor] + streams, for: time)
    noteSuspension(suspension.note(at: self.now, next: nil))
    let isReady = { (stream: Descriptor) in ready.contains { $0 > 0 && streams[$0 - 1] === stream } }
    for name in processes.keys {
      try processes[name]?.receive(isReady)
      if let line = processes[name]?.nextLine() { try listen(name, line) }
    }
    try load?.receive(isReady)
  }

  /// Notes that this process was stopped while its programs ran: it did not look after them.
  private func noteSuspension(_ delay: UInt64) {
    if delay == 0 { return }
    group.resume(after: delay)
    add([Self.continuation(after: delay, at: now)])
  }

  /// Takes a sample, and does what is due.
  private func tick(at now: UInt64) throws {
    let isTrafficOver = load?.isOpen == false
    let status = try front.status()
    isQueueEmpty = isTrafficOver && status.jobs.map { $0.waiting + $0.running == 0 } ?? false
    for (name, process) in processes {
      cpuTimes[name] = ProcessTree.cpuTime(of: process.child.identifier) ?? cpuTimes[name]
    }
    noteProblem(of: status, at: now)
    group.see(status.targets, at: now)
    let reading = PolicyLoop.Reading(cpuTimes: cpuTimes, requests: status.requests, jobs: status.jobs)
    let sample = FleetRecorder.Sample(status: status, cpuTimes: cpuTimes)
    loop.watch(group, reading)
    if hasBegun {
      if now >= loop.due, let decision = loop.decide(on: &group, reading, at: now) { recorder.add(decision) }
      makeFaults(at: now)
      replace(at: now)
    }
    hearStarting()
    group.step(at: now)
    try carryOut()
    recorder.add(sample, group, share: loop.share, at: now)
    nextSample = max(nextSample + Self.sampleInterval, now + 1)
    if nextSample + Self.sampleInterval < now { nextSample = now + Self.sampleInterval }
    if hasBegun {
      hasFinished = try isDone(front.port, status)
    } else if isReady {
      try begin(reading, sample)
    }
    view.show(recorder.record, status)
  }

  /// Whether all instances are in service, or one has failed to be.
  private var isReady: Bool {
    let failures: Set<FleetRecord.Event.Kind> = [.died, .replaced, .gaveUp]
    return group.count(.inService) == group.desired
      || recorder.record.events.contains { failures.contains($0.kind) }
  }

  /// Lets the clock and the traffic begin.
  private func begin(_ reading: PolicyLoop.Reading, _ sample: FleetRecorder.Sample) throws {
    hasBegun = true
    let time = now
    origin += time
    group.begin(at: time)
    loop.begin(group, reading)
    recorder.begin(sample, at: time, startedAt: UTCTime.now().text)
    let size =
      group.desired == 0
      ? "no instance is desired"
      : "\(group.count(.inService)) of \(group.desired) in service after \(FleetGroup.text(of: time))"
    add([.init(time: 0, kind: .began, detail: "\(size), the clock starts")])
    nextSample = Self.sampleInterval
    guard let words = plan.loadArguments(port: front.port) else { return }
    load = try FleetProcess("\(plan.directory)/scaleup", words)
  }

  /// Notes the last words of the instances that are not in service yet: they may say why.
  private func hearStarting() {
    for instance in group.instances where instance.state == .starting {
      group.hear(processes[instance.name]?.lastWords ?? "", of: instance.name)
    }
  }

  /// Records when the front begins to refuse work, and when it takes it again.
  private func noteProblem(of status: FrontStatus, at now: UInt64) {
    defer { frontProblem = status.problem }
    switch (frontProblem, status.problem) {
    case (nil, let problem?): add([.init(time: now, kind: .blocked, detail: problem)])
    case (.some, nil): add([.init(time: now, kind: .unblocked, detail: "the front takes work again")])
    default: break
    }
  }

  private func makeFaults(at now: UInt64) {
    guard let next = faults.next, next <= now else { return }
    let instances = group.instances.filter { $0.state == .inService }.map(\.name)
    add(faults.act(at: now, on: instances, processes))
  }

  private func replace(at now: UInt64) {
    guard let next = nextReplacement, let period = plan.arguments.faults.replaceEvery, next <= now else {
      return
    }
    nextReplacement = next + period * ((now - next) / period + 1)
    if group.isReplacing { return }
    plan.arguments.faults.replacesAllAtOnce ? group.replaceAll(at: now) : group.roll(at: now)
  }

  /// Records events and shows them.
  func add(_ events: [FleetRecord.Event]) {
    recorder.add(events)
    view.show(events)
  }

  /// Returns whether the work, the time or the traffic is over, or no instance is left and none is launched.
  private func isOver() throws -> Bool {
    if hasFinished { return true }
    if hasBegun, let duration = plan.arguments.duration, now >= duration { return true }
    if group.hasGivenUp, group.instances.isEmpty {
      let last = recorder.record.events.last { $0.kind == .gaveUp }?.detail ?? "no instance is left"
      throw FleetFailure(description: last)
    }
    guard let load, !load.isOpen else { return false }
    return isQueueEmpty || plan.arguments.front.jobs.queue == nil
  }
}
