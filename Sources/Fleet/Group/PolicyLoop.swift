import Autoscaling
import Records

/// The loop that measures a group and lets a policy decide. It is a value without input or output.
///
/// The policy's clock is the wall clock times the time scale, so that its minutes pass in seconds.
public struct PolicyLoop: Sendable {
  /// The counters of a moment, all since the start.
  public struct Reading: Sendable {
    /// The CPU time of each instance in nanoseconds, by its name.
    public var cpuTimes: [String: UInt64]
    /// The requests or jobs that clients sent.
    public var requests: UInt64
    /// The jobs; `nil` without a queue.
    public var jobs: FrontStatus.Jobs?

    /// Creates a reading.
    public init(cpuTimes: [String: UInt64], requests: UInt64, jobs: FrontStatus.Jobs? = nil) {
      (self.cpuTimes, self.requests, self.jobs) = (cpuTimes, requests, jobs)
    }
  }

  /// The time of the launch of instances that were in service at the start: long ago, as in a simulated group.
  static let longAgo = -86_400.0

  /// The policy.
  public let policy: Policy
  /// The policy's seconds per wall second.
  public let timeScale: Double
  /// The cores that an instance may use.
  public let share: Double
  private var memory: PolicyMemory
  private var nextDecision: Double
  private var lastDecision: UInt64 = 0
  /// The CPU time of each instance at the last decision, or when it came into service after that.
  private var baselines: [String: UInt64] = [:]
  private var lastRequests: UInt64 = 0

  /// Creates a loop for a group that begins with a number of instances at time 0.
  public init(_ policy: Policy, startingWith size: Int, timeScale: Double, share: Double) {
    (self.policy, self.timeScale, self.share) = (policy, timeScale, share)
    memory = PolicyMemory(startingWith: size, at: 0)
    nextDecision = policy.interval
  }

  /// The time of the next decision in wall nanoseconds.
  public var due: UInt64 { UInt64(clamping: Int64((nextDecision / timeScale * 1e9).rounded(.up))) }

  /// Notes the CPU time at which instances came into service, if they did since the last call.
  public mutating func watch(_ group: FleetGroup, _ reading: Reading) {
    for instance in group.live where instance.inServiceSince != nil && baselines[instance.name] == nil {
      baselines[instance.name] = reading.cpuTimes[instance.name]
    }
  }

  /// Lets the counters begin anew at time 0.
  public mutating func begin(_ group: FleetGroup, _ reading: Reading) {
    endPeriod(group, reading, at: 0)
  }

  /// Lets the policy decide, and sets the group's desired size.
  ///
  /// - Returns: The decision with its sample; `nil` if decisions are suspended.
  public mutating func decide(
    on group: inout FleetGroup, _ reading: Reading, at now: UInt64
  ) -> FleetRecord.Decision? {
    watch(group, reading)
    defer { endPeriod(group, reading, at: now) }
    while nextDecision <= seconds(now) { nextDecision += policy.interval }
    if group.isSuspended { return nil }
    let sample = sample(of: group, reading, at: now)
    let decision = policy.decide(on: sample.observation, remembering: &memory)
    group.resize(to: decision.desired, because: decision.reason, at: now)
    return FleetRecord.Decision(decision, on: sample)
  }

  private mutating func endPeriod(_ group: FleetGroup, _ reading: Reading, at now: UInt64) {
    (lastDecision, lastRequests) = (now, reading.requests)
    let measured = group.instances.filter { $0.inServiceSince != nil }.map(\.name)
    baselines = reading.cpuTimes.filter { measured.contains($0.key) }
  }

  private func seconds(_ time: UInt64) -> Double { Double(time) / 1e9 * timeScale }
}

/// Samples.
extension PolicyLoop {
  /// Returns the state of the group since the last decision, by the rules of the simulated group.
  func sample(of group: FleetGroup, _ reading: Reading, at now: UInt64) -> GroupSample {
    let period = Double(now - Swift.min(now, lastDecision)) / 1e9
    let live = group.live
    let warm = live.filter { isWarm($0, at: now) }
    var sample = GroupSample(
      time: seconds(now), current: group.desired, warming: live.count - warm.count, utilization: nil,
      requestsPerInstance: nil, queue: reading.jobs.map { Double($0.waiting) },
      running: reading.jobs.map { $0.waiting + $0.running })
    if !warm.isEmpty, period > 0 {
      let used = warm.reduce(0) { $0 + usedTime($1, reading) }
      sample.utilization = 100 * Swift.min(1, used / (Double(warm.count) * share * period))
      let requests = Double(reading.requests &- Swift.min(reading.requests, lastRequests))
      sample.requestsPerInstance = requests / period / Double(warm.count)
    }
    sample.instances = group.instances.filter { $0.state != .ending }.map { instance in
      measured(instance, reading, over: period)
    }
    return sample
  }

  private func isWarm(_ instance: GroupInstance, at now: UInt64) -> Bool {
    guard let since = instance.inServiceSince else { return false }
    return instance.isSeasoned || seconds(now - Swift.min(now, since)) >= policy.warmUp
  }

  /// Returns the CPU time that an instance used since the last decision, or since it came into service, in seconds.
  private func usedTime(_ instance: GroupInstance, _ reading: Reading) -> Double {
    guard let time = reading.cpuTimes[instance.name], let before = baselines[instance.name] else { return 0 }
    return Double(time - Swift.min(time, before)) / 1e9
  }

  private func measured(
    _ instance: GroupInstance, _ reading: Reading, over period: Double
  ) -> GroupSample.Instance {
    let since = instance.inServiceSince
    let isSampled =
      period > 0 && reading.cpuTimes[instance.name] != nil && since.map { $0 <= lastDecision } ?? false
    let isOld = instance.isSeasoned
    return GroupSample.Instance(
      name: instance.name, usedCores: isSampled ? usedTime(instance, reading) / period : nil, cores: share,
      isReady: instance.state == .inService || (instance.state == .draining && since != nil),
      isDraining: instance.state == .draining, launched: isOld ? Self.longAgo : seconds(instance.launched),
      changed: isOld && instance.changed == 0 ? Self.longAgo + 1 : seconds(instance.changed))
  }
}
