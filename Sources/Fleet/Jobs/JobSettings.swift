/// The settings of a queue of jobs.
public struct JobSettings: Sendable {
  /// The place where the jobs are kept.
  public enum Storage: Equatable, Sendable {
    /// In memory alone: they are lost with the process.
    case memory
    /// In a journal, a file.
    case journal(String)
    /// In Redis.
    case redis(RedisAddress)
  }

  /// The address to listen on.
  public var address = "127.0.0.1"
  /// The port to listen on; 0 lets the system choose.
  public var port = 8080
  /// The place where the jobs are kept.
  public var storage = Storage.memory
  /// The instances from the start on.
  public var targets: [(name: String, address: String, port: Int)] = []
  /// Whether commands are read from standard input, whose end ends the queue.
  public var isControlled = false
  /// The jobs that an instance has in hand at most.
  public var inHand = 1
  /// The failed attempts after which a job has failed.
  public var attempts = 5
  /// The longest time of an attempt in nanoseconds.
  public var timeout: UInt64 = 30_000_000_000
  /// The number of unfinished jobs from which no more are accepted.
  public var mostUnfinished = 100_000
  /// The health checks.
  public var checks: HealthCheckSettings

  /// Creates the default settings.
  public init(checks: HealthCheckSettings) {
    self.checks = checks
  }
}
