import Fleet
import Harness
import Platform
import Records

/// The processes of a fleet.
extension FleetRun {
  /// Carries out the actions of the group, and records its events.
  ///
  /// - Throws: `FleetFailure`, `SystemError` of the front.
  func carryOut() throws {
    var actions = group.takeActions()
    while !actions.isEmpty {
      for action in actions { try carryOut(action) }
      // An instance that could not be started may be replaced at once.
      add(group.takeEvents())
      actions = group.takeActions()
    }
    add(group.takeEvents())
  }

  private func carryOut(_ action: GroupAction) throws {
    switch action {
    case .launch(let name, let template):
      add(group.takeEvents())
      recorder.note(template: template, of: name)
      do {
        processes[name] = try plan.startInstance(name)
      } catch {
        group.ended(name, how: "could not be started: \(error)", at: now)
      }
    case .addToFront(let name):
      if let port = processes[name]?.port { try front.add(name, address: "127.0.0.1", port: port) }
    case .drain(let name): try front.drain(name)
    case .remove(let name): try front.remove(name)
    case .terminate(let name):
      // A stopped process would not end before it is continued.
      faults.isStopped(name) ? processes[name]?.child.killGroup() : processes[name]?.child.terminate()
    case .kill(let name): processes[name]?.child.killGroup()
    }
  }

  /// Reads the line that an instance prints when it listens.
  func listen(_ name: String, _ line: String) throws {
    if processes[name]?.port != nil { return }
    guard let record = try? JSON.decode(ServiceRecord.self, from: line), record.contradiction == nil else {
      return
    }
    processes[name]?.port = record.port
    group.isListening(name)
    try carryOut()
  }

  /// Reaps the instances that have ended.
  func reap() throws {
    for name in processes.keys {
      guard let ended = try processes[name]?.reapIfEnded() else { continue }
      let words = processes[name]?.lastWords ?? ""
      processes[name] = nil
      faults.forget(name)
      recorder.note(cpuTime: ended.usage.userTime + ended.usage.systemTime, of: name)
      group.ended(name, how: ended.reason() + (ended.status == .exited(0) ? "" : words), at: now)
    }
    try carryOut()
  }

  /// Returns the signal that asks the fleet to end, if one came. A request to stop (Ctrl-Z) stops all other programs, too.
  func takeSignal() throws -> Int32? {
    for signal in signals.take() {
      if SignalPipe.endRequests.contains(signal) { return signal }
      if signal == SignalPipe.stopRequest { pause() }
    }
    return nil
  }

  private func pause() {
    let start = Clock.monotonic.now()
    // It would count that the instances do not answer.
    front.pause()
    for process in processes.values { process.child.stopGroup() }
    load?.child.stopGroup()
    view.clear()
    SignalPipe.stopThisProcess()
    for (name, process) in processes where !faults.isStopped(name) { process.child.continueGroup() }
    front.resume()
    load?.child.continueGroup()
    let delay = Clock.monotonic.now() - start
    origin += delay
    add([Self.continuation(after: delay, at: now)])
  }

  /// Returns the event of a fleet that was stopped.
  static func continuation(after delay: UInt64, at now: UInt64) -> FleetRecord.Event {
    .init(time: now, kind: .continued, detail: "the fleet was stopped for \(FleetGroup.text(of: delay))")
  }
}

/// The end of a fleet.
extension FleetRun {
  /// The time that the load generator has to print its record, the front to tell its state, and instances to end, in nanoseconds.
  private static let (loadLimit, statusLimit, endLimit): (UInt64, UInt64, UInt64) = (
    300_000_000, 200_000_000, 250_000_000
  )

  /// Ends all programs within a second: the traffic first, then the instances, then the front. A queue ends before the instances:
  /// the jobs that they have in hand have not failed, and are done by the next fleet.
  func end(isInterrupted: Bool) {
    view.clear()
    finishLoad()
    let status = recorder.record.failure == nil ? try? front.status(within: Self.statusLimit) : nil
    if plan.arguments.front.jobs.queue != nil { front.shutDown() }
    for (name, process) in processes {
      process.child.terminate()
      if faults.isStopped(name) { process.child.continueGroup() }
    }
    let deadline = Clock.monotonic.now() + Self.endLimit
    while !processes.isEmpty, Clock.monotonic.now() < deadline {
      reapAtEnd()
      if !processes.isEmpty { _ = try? poll([signals.descriptor], for: 5_000_000) }
      _ = signals.take()
    }
    // All are killed before the first is waited for.
    for process in processes.values { process.child.killGroup() }
    for (name, process) in processes {
      if let ended = process.kill() {
        recorder.note(cpuTime: ended.usage.userTime + ended.usage.systemTime, of: name)
      }
    }
    front.shutDown()
    recorder.finish { record in
      if isInterrupted { record.interrupted = true }
      if hasBegun { record.duration = now }
      if record.settings.rates?.count == 1, record.settings.rateInterval == nil {
        record.settings.rateInterval = record.duration
      }
      guard var status else { return }
      status.latency = nil
      record.front = status
    }
  }

  private func reapAtEnd() {
    for name in processes.keys {
      guard let ended = try? processes[name]?.reapIfEnded() else { continue }
      recorder.note(cpuTime: ended.usage.userTime + ended.usage.systemTime, of: name)
      processes[name] = nil
    }
  }

  /// Ends the load generator and reads its record.
  private func finishLoad() {
    guard var load else { return }
    let isInterrupted = load.isOpen
    if isInterrupted { load.child.terminate() }
    let deadline = Clock.monotonic.now() + Self.loadLimit
    while load.isOpen, Clock.monotonic.now() < deadline {
      if (try? load.wait(for: 50_000_000)) == nil { break }
    }
    let line = load.nextLine()
    load.kill()
    let record = line.flatMap { try? JSON.decode(LoadRecord.self, from: $0) }
    recorder.finish { fleet in
      fleet.load = record.flatMap { $0.contradiction == nil ? $0 : nil }
      if fleet.load == nil, fleet.failure == nil, !isInterrupted, load.lastWords != "" {
        fleet.failure = "the load generator failed\(load.lastWords)"
      }
    }
  }
}
