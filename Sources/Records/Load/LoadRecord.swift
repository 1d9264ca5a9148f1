/// The result of a load run: `scaleup.load/1`.
///
/// The counts and histograms are of the requests that were due (open loop) or sent (closed loop) after the warm-up and
/// before the end, whenever they were answered. Each request that was due was answered, failed, or is one of `unanswered`
/// and `unsent`.
public struct LoadRecord: Codable, Equatable, Sendable, VersionedRecord {
  /// The format.
  public static let schema = Schema.load

  /// The kinds of arrivals of an open loop.
  public enum Arrivals: String, Codable, CaseIterable, Sendable {
    /// Equal gaps.
    case constant
    /// Exponential random gaps: a Poisson process.
    case poisson
  }

  /// A path and its weight.
  public struct Path: Codable, Equatable, Sendable {
    /// The path as it was sent.
    public var path: String
    /// The weight: the path's share of the requests is its weight / the sum of all weights.
    public var weight: UInt64

    /// Creates a path.
    public init(path: String, weight: UInt64) {
      self.path = path
      self.weight = weight
    }
  }

  /// The correct answers of a worker.
  public struct Worker: Codable, Equatable, Sendable {
    /// The worker's name, from the header `X-Worker`: its number and process, such as `1/4711`.
    public var name: String
    /// The number of correct answers.
    public var answers: UInt64

    /// Creates the count of a worker.
    public init(name: String, answers: UInt64) {
      self.name = name
      self.answers = answers
    }
  }

  /// The format's name and version.
  public var schema = SchemaTag<LoadRecord>()
  /// The version of the suite.
  public var version: String = suiteVersion
  /// The name of the machine, or the label that replaces it; `nil` in the output of one generator.
  public var host: String?
  /// The time at which the run started, in UTC, in the format of RFC 3339.
  public var startedAt: String?
  /// The program that sent the requests, such as `wrk`, which then measured no latencies; `nil` for `scaleup load`.
  public var generator: String?
  /// The URL.
  public var url: String
  /// The method of the requests; `nil` for GET.
  public var method: String?
  /// The paths, if several were requested.
  public var paths: [Path]?
  /// The kind of arrivals; `nil` in a closed loop.
  public var arrivals: Arrivals?
  /// The seed of the arrivals and paths.
  public var seed: UInt64?
  /// The traffic whose rates changed in time: the name of a shape, or of a file; `nil` if the rate was constant.
  public var traffic: String?
  /// The asked rates of the traffic, in requests per second, one per interval from the end of the warm-up on.
  public var rates: [Double]?
  /// The length of an interval of `rates` in nanoseconds. The last one may have been cut.
  public var rateInterval: UInt64?
  /// The asked rate in requests per second, of `rates` the mean over `duration`; `nil` in a closed loop.
  public var askedRate: Double?
  /// The achieved rate: correct answers that arrived after the warm-up and before the end, per second of `duration`. Those
  /// to requests of the warm-up count, too.
  public var achievedRate: Double
  /// The measured duration in nanoseconds, without the warm-up.
  public var duration: UInt64
  /// The duration of the warm-up in nanoseconds.
  public var warmUp: UInt64
  /// The time after which a request failed, in nanoseconds.
  public var timeout: UInt64?
  /// The number of simultaneous connections: the limit in an open loop, the exact number in a closed loop.
  public var connections: Int
  /// The number of connections that were opened, including the warm-up.
  public var connectionsOpened: UInt64?
  /// The number of threads of the generator.
  public var threads: Int?
  /// The number of requests that were due; `nil` in a closed loop, and if they are too many to be counted.
  public var due: UInt64?
  /// The number of due requests that had neither been sent nor failed when the run ended, because no connection was free;
  /// `nil` if `due` is.
  public var unsent: UInt64?
  /// The number of requests that waited for a free connection; `nil` in a closed loop.
  public var queued: UInt64?
  /// The number of requests that were sent.
  public var sent: UInt64
  /// The number of requests with a complete, correct answer. The latencies are theirs.
  public var answered: UInt64
  /// The number of correct answers in the whole run, including those of the warm-up; `nil` if they were not counted.
  public var answeredInAll: UInt64?
  /// The number of sent requests that had neither an answer nor an error when the run ended.
  public var unanswered: UInt64 = 0
  /// The number of failed requests by kind.
  public var errors = ErrorCounts()
  /// The number of bytes sent.
  public var bytesSent: UInt64
  /// The number of bytes received.
  public var bytesReceived: UInt64
  /// The latencies. They count from the intended time of sending; in a closed loop, from the actual time.
  public var latency: LatencyHistogram
  /// The latencies from the actual time of sending; `nil` in a closed loop.
  public var uncorrected: LatencyHistogram?
  /// The delays of the sent requests: the actual time of sending − the intended time; `nil` in a closed loop.
  public var sendDelay: LatencyHistogram?
  /// The correct answers by worker; `nil` if no answer named its worker.
  public var workers: [Worker]?
  /// The user CPU time of the generator in nanoseconds, without the warm-up.
  public var userTime: UInt64
  /// The system CPU time of the generator in nanoseconds, without the warm-up.
  public var systemTime: UInt64
  /// The CPU time of the busiest thread of the generator in nanoseconds, without the warm-up.
  public var busiestThreadTime: UInt64?
  /// Little's law held against the run; `nil` if nothing was answered.
  public var littlesLaw: LittlesLaw?

  /// Creates a record with the required members and nothing counted.
  public init(url: String, connections: Int, duration: UInt64, warmUp: UInt64) {
    self.url = url
    self.connections = connections
    self.duration = duration
    self.warmUp = warmUp
    achievedRate = 0
    (sent, answered, bytesSent, bytesReceived, userTime, systemTime) = (0, 0, 0, 0, 0, 0)
    latency = LatencyHistogram()
  }
}
