import Fleet
import Records
import Statistics

/// The faults that a fleet makes on purpose, and the instances that suffer from them.
struct FleetFaults {
  /// The time that a slow instance runs, and that it is stopped, in nanoseconds.
  private static let (running, stopped): (UInt64, UInt64) = (10_000_000, 90_000_000)

  private struct Victim {
    let until: UInt64
    /// The time of the next change of a slow instance; `nil` for a frozen one.
    var next: UInt64?
    var isStopped: Bool
  }

  private var schedule: FaultSchedule
  private let time: UInt64?
  private var random: SplitMix64
  private var victims: [String: Victim] = [:]

  init(_ arguments: FleetFaultArguments) {
    (schedule, time) = (arguments.schedule, arguments.faultTime)
    random = SplitMix64(seed: arguments.seed)
  }

  /// The time of the next fault, or of a change of a victim; `nil` if there is none.
  var next: UInt64? {
    (victims.values.flatMap { [$0.until, $0.next ?? .max] } + [schedule.next ?? .max]).min().flatMap {
      $0 == .max ? nil : $0
    }
  }

  /// Makes the faults that are due, and lets slow instances run and stop in turn.
  ///
  /// - Parameter instances: The instances in service.
  /// - Returns: The events.
  mutating func act(
    at now: UInt64, on instances: [String], _ processes: [String: FleetProcess]
  ) -> [FleetRecord.Event] {
    var events: [FleetRecord.Event] = []
    for (name, victim) in victims where victim.until <= now {
      processes[name]?.child.continueGroup()
      victims[name] = nil
      events.append(.init(time: now, kind: .continued, instance: name, detail: "the fault is over"))
    }
    for (name, victim) in victims {
      guard let next = victim.next, next <= now, let child = processes[name]?.child else { continue }
      victim.isStopped ? child.continueGroup() : child.stopGroup()
      victims[name]?.isStopped.toggle()
      victims[name]?.next = now + (victim.isStopped ? Self.running : Self.stopped)
    }
    var random = self.random
    let candidates = instances.filter { victims[$0] == nil }
    for fault in schedule.take(
      at: now, among: candidates,
      { count in
        Int(random.next().multipliedFullWidth(by: UInt64(count)).high)
      })
    {
      guard let child = processes[fault.instance]?.child else { continue }
      events.append(event(fault, at: now))
      switch fault.kind {
      case .kill: child.killGroup()
      case .freeze, .slow:
        child.stopGroup()
        victims[fault.instance] = Victim(
          until: time.map { now + $0 } ?? .max, next: fault.kind == .slow ? now + Self.stopped : nil,
          isStopped: true)
      }
    }
    self.random = random
    return events
  }

  private func event(_ fault: FaultSchedule.Fault, at now: UInt64) -> FleetRecord.Event {
    let (kind, detail): (FleetRecord.Event.Kind, String) =
      switch fault.kind {
      case .kill: (.killed, "SIGKILL, on purpose")
      case .freeze: (.frozen, "SIGSTOP, on purpose")
      case .slow: (.slowed, "it runs a tenth of the time, on purpose")
      }
    return .init(time: now, kind: kind, instance: fault.instance, detail: detail)
  }

  /// Whether an instance is stopped on purpose.
  func isStopped(_ name: String) -> Bool { victims[name]?.isStopped == true }

  /// Forgets an instance that has ended.
  mutating func forget(_ name: String) { victims[name] = nil }
}
