import Records

/// The way in which requests reach instances.
public enum Balancing: String, CaseIterable, Sendable {
  /// A queue per instance; requests go to the instances in turns.
  case roundRobin = "round-robin"
  /// A queue per instance; a request goes to an instance with the fewest unanswered ones.
  case leastOutstanding = "least-outstanding"
  /// One queue for all; a core takes the next request when it is free.
  case central
}

/// The machines of a service and what they are asked to do.
public struct ServedDemand: Equatable, Sendable {
  /// The cores of an instance.
  public var cores: Int
  /// The CPU time per request.
  public var demand: ServiceDemand
  /// The order in which requests get the cores. A central queue is always in the order of arrival.
  public var discipline: Discipline
  /// The way in which requests reach instances.
  public var balancing: Balancing
  /// The response time in seconds above which a request is late.
  public var objective: Double
  /// The most requests that clients have in flight behind a balancer; the others wait at the clients (default: no limit). A central
  /// queue takes all of them.
  public var connections = Int.max

  /// Creates a description.
  public init(
    cores: Int, demand: ServiceDemand, discipline: Discipline = .sharing,
    balancing: Balancing = .leastOutstanding, objective: Double = .infinity
  ) {
    self.cores = cores
    self.demand = demand
    self.discipline = balancing == .central ? .fcfs : discipline
    self.balancing = balancing
    self.objective = objective
  }
}

/// The outcome of the requests of a period. Counts are fractional in the fluid model.
struct TrafficWindow {
  /// The requests that came.
  var requests = 0.0
  /// The requests that were answered.
  var answered = 0.0
  /// The requests that were answered after the objective.
  var late = 0.0
  /// The requests that were lost with an instance, or came when none was in service.
  var lost = 0.0
}

/// Traffic that instances serve in virtual time. Times are in seconds and never decrease.
protocol ServedTraffic {
  /// The outcome of the requests since the start, or since it was last taken.
  var window: TrafficWindow { get set }
  /// The responses since the start, or since they were last removed.
  var responses: LatencyHistogram { get set }
  /// The requests that wait for a core.
  var waiting: Double { get }

  /// Serves everything up to a time.
  mutating func advance(to time: Double)
  /// Puts a new instance in service, and returns its number. Numbers of removed instances are used again.
  mutating func add() -> Int
  /// Makes an instance fail. Its requests are lost, and so are those that still go to it.
  mutating func fail(_ instance: Int)
  /// Sends no more requests to an instance.
  mutating func drain(_ instance: Int)
  /// Sends requests to an instance that drains again.
  mutating func resume(_ instance: Int)
  /// Returns the seconds that a health check of an instance that has not failed waits: the requests before it, on average, over the
  /// cores. It is 0 with a central queue, in which nothing waits at an instance.
  func checkWait(of instance: Int) -> Double
  /// Returns whether an instance that drains has answered all requests.
  func isDrained(_ instance: Int) -> Bool
  /// Ends an instance. Its unanswered requests are lost.
  mutating func remove(_ instance: Int)
  /// Returns the core time that instances in service used since the last call, in seconds, in their order.
  mutating func takeBusyTimes(of instances: [Int]) -> [Double]
}
