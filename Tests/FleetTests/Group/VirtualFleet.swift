import Fleet
import Records
import TestSupport

/// A fleet without processes, in virtual time: it carries out what a group wants, and lets instances start, answer, fail and
/// die by chance.
struct VirtualFleet {
  /// An instance as the world knows it.
  struct Process {
    let listensAt: UInt64
    let healthyAt: UInt64
    var isListening = false
    var isInFront = false
    var isUnhealthy = false
    var drainingSince: UInt64?
    var drainedAt: UInt64?
    var isTerminated = false
    var saidDrained = false
  }

  /// The chances of faults, per instance and step.
  struct Chances {
    var death = 0.0
    var sickness = 0.0
    var neverListens = 0.0
  }

  static let step: UInt64 = 250_000_000

  var group: FleetGroup
  var now: UInt64 = 0
  var processes: [String: Process] = [:]
  var chances = Chances()
  var events: [FleetRecord.Event] = []
  /// The broken rules, as sentences.
  var problems: [String] = []
  /// The launches in the last step.
  var launches = 0
  private var random: SplitMix64

  init(_ settings: GroupSettings, desired: Int, seed: UInt64) {
    group = FleetGroup(settings, desired: desired)
    random = SplitMix64(seed: seed)
  }

  mutating func happens(_ chance: Double) -> Bool {
    chance > 0 && Double(random.next() >> 11) * 0x1p-53 < chance
  }

  mutating func number(below bound: UInt64) -> UInt64 { random.next() % bound }

  /// The targets as the front sees them.
  var targets: [FrontStatus.Target] {
    processes.filter(\.value.isInFront).map { name, process in
      let state: FrontStatus.State =
        if let drained = process.drainedAt {
          drained <= now ? .drained : .draining
        } else if process.healthyAt > now {
          .starting
        } else {
          process.isUnhealthy ? .unhealthy : .healthy
        }
      return FrontStatus.Target(name: name, state: state, since: 0)
    }
  }

  /// Passes a step of time: news, then the group's step, then its actions.
  mutating func pass() {
    now += Self.step
    for name in processes.keys.sorted() { live(name) }
    for target in targets where target.state == .drained { processes[target.name]?.saidDrained = true }
    group.see(targets, at: now)
    group.step(at: now)
    carryOut()
    check()
  }

  private mutating func live(_ name: String) {
    guard var process = processes[name] else { return }
    if process.isTerminated || happens(chances.death) {
      processes[name] = nil
      group.ended(name, how: process.isTerminated ? "exited with status 0" : "was killed by SIGKILL", at: now)
      return
    }
    if !process.isListening, process.listensAt <= now {
      process.isListening = true
      processes[name] = process
      group.isListening(name)
      return
    }
    if happens(chances.sickness) { process.isUnhealthy.toggle() }
    processes[name] = process
  }

  private mutating func carryOut() {
    launches = 0
    for action in group.takeActions() {
      switch action {
      case .launch(let name, _):
        launches += 1
        let listens = happens(chances.neverListens) ? .max : now + number(below: 2_000_000_000)
        processes[name] = Process(
          listensAt: listens, healthyAt: listens == .max ? .max : listens + number(below: 1_000_000_000))
      case .addToFront(let name): processes[name]?.isInFront = true
      case .drain(let name):
        let end = now + number(below: 8_000_000_000)
        processes[name]?.drainingSince = now
        processes[name]?.drainedAt = end
      case .remove(let name): processes[name]?.isInFront = false
      case .terminate(let name):
        if let since = processes[name]?.drainingSince, processes[name]?.saidDrained == false,
          now < since + group.settings.drain
        {
          problems.append("\(name) was ended before it was drained")
        }
        processes[name]?.isTerminated = true
      case .kill(let name): processes[name]?.isTerminated = true
      }
    }
    events += group.takeEvents()
  }

  private mutating func check() {
    let live = group.live.count
    let most = group.settings.max + (group.isReplacing ? group.settings.surge : 0)
    if live > most { problems.append("\(live) instances are more than \(most)") }
    if live != group.desired, !group.hasGivenUp, !group.isReplacing {
      problems.append("\(live) instances are not the desired \(group.desired)")
    }
  }
}
