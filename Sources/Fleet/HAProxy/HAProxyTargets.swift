import Records

/// The instances of HAProxy, with facts that its statistics lack: whether an instance has been healthy, when its state changed,
/// and the counters of removed ones.
struct HAProxyTargets: Equatable {
  /// An instance.
  struct Target: Equatable {
    let name: String
    var isDraining = false
    /// Whether it has been healthy.
    var hasServed = false
    var state = FrontStatus.State.starting
    /// The time since the front started at which its state changed, in nanoseconds.
    var since: UInt64
  }

  private(set) var all: [Target] = []
  /// The instances that are leaving: HAProxy deletes a server when its last connection has ended.
  private(set) var leaving: [String] = []
  /// The bad responses of the instances that are gone.
  private var badResponsesOfGone: UInt64 = 0

  mutating func add(_ name: String, at time: UInt64) {
    all.append(Target(name: name, since: time))
  }

  mutating func drain(_ name: String) {
    for index in all.indices where all[index].name == name { all[index].isDraining = true }
  }

  /// Removes an instance from the status; HAProxy still has its server until `forget`.
  mutating func leave(_ name: String) {
    all.removeAll { $0.name == name }
    leaving.append(name)
  }

  /// Forgets an instance that has left, except its last counters.
  mutating func forget(_ name: String, _ statistics: HAProxyStatistics) {
    leaving.removeAll { $0 == name }
    for server in statistics.servers where server.name == name {
      badResponsesOfGone += server.responses.bad
    }
  }

  /// The new instances whose first check was good. HAProxy itself would wait for as many as after a failure.
  func passedFirst(_ statistics: HAProxyStatistics) -> [String] {
    statistics.servers.filter { server in
      server.hasPassed && !server.isUp
        && all.contains { $0.name == server.name && !$0.hasServed && !$0.isDraining }
    }.map(\.name)
  }

  /// Returns the status that the statistics show.
  ///
  /// HAProxy's responses to clients are its own if no server counts them: 503 if it has no server, 502 or 504 if one failed.
  mutating func status(_ statistics: HAProxyStatistics, at time: UInt64) throws(HAProxyError) -> FrontStatus {
    let bad = statistics.servers.reduce(badResponsesOfGone) { $0 + $1.responses.bad }
    // A server counts a response before the frontend does.
    let failed = statistics.responses.bad - min(bad, statistics.responses.bad)
    var status = FrontStatus(
      time: time, requests: statistics.requests,
      answered: statistics.responses.good + statistics.responses.bad - failed, failed: failed)
    for index in all.indices {
      guard let server = statistics.servers.first(where: { $0.name == all[index].name }) else {
        throw .unreadable("the row of \(all[index].name)")
      }
      all[index].update(server, at: time)
      status.targets.append(
        FrontStatus.Target(
          name: server.name, state: all[index].state, since: all[index].since, problem: server.problem,
          inFlight: server.inFlight, answered: server.responses.good,
          failed: server.responses.bad + server.unanswered))
    }
    return status
  }
}

extension HAProxyTargets.Target {
  fileprivate mutating func update(_ server: HAProxyStatistics.Server, at time: UInt64) {
    if server.isUp { hasServed = true }
    let new: FrontStatus.State =
      if isDraining {
        server.inFlight == 0 ? .drained : .draining
      } else if server.isUp {
        .healthy
      } else {
        hasServed ? .unhealthy : .starting
      }
    if new != state { (state, since) = (new, time) }
  }
}
