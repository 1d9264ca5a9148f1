/// The state of a fleet's front, a balancer or a queue of jobs, as one line: `scaleup.front/1`.
public struct FrontStatus: Codable, Equatable, Sendable, VersionedRecord {
  /// The format.
  public static let schema = Schema.front

  /// The state of a target.
  public enum State: String, Codable, CaseIterable, Sendable {
    /// New: it gets no work before its first good check.
    case starting
    /// In service.
    case healthy
    /// Its checks fail.
    case unhealthy
    /// It gets no new work, and has work in hand.
    case draining
    /// It gets no new work, and has none in hand.
    case drained
  }

  /// An instance as the front sees it.
  public struct Target: Codable, Equatable, Sendable {
    /// The name of the instance.
    public var name: String
    /// The state.
    public var state: State
    /// The time at which it came into this state, in nanoseconds since the front started.
    public var since: UInt64
    /// The last failed check, such as `no answer within 1 s`; `nil` if none failed since the last good one.
    public var problem: String?
    /// The requests or jobs that it has in hand.
    public var inFlight: Int
    /// The requests or jobs that it has answered.
    public var answered: UInt64
    /// The requests or jobs that it failed: broken connections, late answers, statuses from 500.
    public var failed: UInt64

    /// Creates a target.
    public init(
      name: String, state: State, since: UInt64, problem: String? = nil, inFlight: Int = 0,
      answered: UInt64 = 0,
      failed: UInt64 = 0
    ) {
      (self.name, self.state, self.since, self.problem) = (name, state, since, problem)
      (self.inFlight, self.answered, self.failed) = (inFlight, answered, failed)
    }
  }

  /// The jobs of a queue.
  public struct Jobs: Codable, Equatable, Sendable {
    /// The jobs that wait.
    public var waiting: Int
    /// The jobs that an instance has in hand.
    public var running: Int
    /// The jobs that are done.
    public var done: Int
    /// The jobs that failed for good; `nil` in records from before they were counted.
    public var failed: Int?
    /// The jobs that were given out again because their instance failed.
    public var redelivered: Int

    /// Creates counts.
    public init(
      waiting: Int = 0, running: Int = 0, done: Int = 0, failed: Int? = nil, redelivered: Int = 0
    ) {
      (self.waiting, self.running, self.done) = (waiting, running, done)
      (self.failed, self.redelivered) = (failed, redelivered)
    }
  }

  /// The format's name and version.
  public var schema = SchemaTag<FrontStatus>()
  /// The nanoseconds since the front started.
  public var time: UInt64
  /// The requests that came from clients.
  public var requests: UInt64
  /// The requests that an instance answered; of a queue, the jobs that are done.
  public var answered: UInt64
  /// The requests that no instance answered: the client got 502, 503 or 504. Of a queue, the jobs that were refused or failed.
  public var failed: UInt64
  /// The times from a request to its answer since the last status; `nil` if the front does not report them.
  public var latency: LatencyHistogram?
  /// The CPU time of the front's process in nanoseconds; `nil` if unknown.
  public var cpuTime: UInt64?
  /// The jobs; `nil` if the front is no queue.
  public var jobs: Jobs?
  /// The reason that it takes no work at the moment, such as a queue that lost Redis; `nil` if it does.
  public var problem: String?
  /// The targets, in the order in which they were added.
  public var targets: [Target]

  /// Creates a status.
  public init(
    time: UInt64, requests: UInt64 = 0, answered: UInt64 = 0, failed: UInt64 = 0,
    latency: LatencyHistogram? = nil,
    cpuTime: UInt64? = nil, jobs: Jobs? = nil, problem: String? = nil, targets: [Target] = []
  ) {
    (self.time, self.requests, self.answered, self.failed) = (time, requests, answered, failed)
    (self.latency, self.cpuTime, self.jobs, self.targets) = (latency, cpuTime, jobs, targets)
    self.problem = problem
  }
}

extension FrontStatus {
  /// Whether all targets that have been in service fail their checks, so that all of them get requests anyway.
  public var failsOpen: Bool {
    targets.contains { $0.state == .unhealthy } && !targets.contains { $0.state == .healthy }
  }
}

extension FrontStatus: JSONTextConvertible {
  /// The record as one line of JSON.
  public var jsonText: String {
    var object = JSONObject<CodingKeys>()
    object.set(.schema, schema)
    object.set(.time, time)
    object.set(.requests, requests)
    object.set(.answered, answered)
    object.set(.failed, failed)
    object.set(.latency, latency)
    object.set(.cpuTime, cpuTime)
    object.set(.jobs, jobs)
    object.set(.problem, problem)
    object.set(.targets, targets)
    return object.text
  }
}

extension FrontStatus.Target: JSONTextConvertible {
  /// The target as JSON.
  public var jsonText: String {
    var object = JSONObject<CodingKeys>()
    object.set(.name, name)
    object.set(.state, state.rawValue)
    object.set(.since, since)
    object.set(.problem, problem)
    object.set(.inFlight, inFlight)
    object.set(.answered, answered)
    object.set(.failed, failed)
    return object.text
  }
}

extension FrontStatus.Jobs: JSONTextConvertible {
  /// The counts as JSON.
  public var jsonText: String {
    var object = JSONObject<CodingKeys>()
    object.set(.waiting, waiting)
    object.set(.running, running)
    object.set(.done, done)
    object.set(.failed, failed)
    object.set(.redelivered, redelivered)
    return object.text
  }
}
