/// The efficiency of models with ever smaller chunks of work: `scaleup.granularity/1`. It contains every raw
/// sample.
public struct GranularityRecord: Codable, Equatable, Sendable, VersionedRecord {
  /// The format.
  public static let schema = Schema.granularity

  /// The times in nanoseconds of the regions that one process ran in a row; one list per round.
  public typealias Rounds = [[UInt64]]

  /// A model and its measurements.
  public struct Model: Codable, Equatable, Sendable {
    /// The concurrency model.
    public var model: String
    /// The times of the sum by chunk size, from large to small.
    public var points: [Point] = []
    /// The times of an empty region; `nil` if the model has none.
    public var emptyRegion: Rounds?
    /// The number of its rounds that other programs disturbed; `nil` if foreign load was not recorded.
    public var emptyRegionDisturbed: Int?
    /// The times of a region of empty chunks; `nil` if the model has none.
    public var emptyChunks: Rounds?
    /// The number of its rounds that other programs disturbed; `nil` if foreign load was not recorded.
    public var emptyChunksDisturbed: Int?
    /// The number of empty chunks per region.
    public var emptyChunkCount: UInt64?
    /// The reason the model was abandoned; `nil` if it was not.
    public var failure: String?

    /// Creates a model without measurements.
    public init(model: String) {
      self.model = model
    }
  }

  /// The times of the sum for one chunk size.
  public struct Point: Codable, Equatable, Sendable {
    /// The numbers per chunk.
    public var grain: UInt64
    /// The times.
    public var regions: Rounds
    /// The number of rounds that other programs disturbed; `nil` if foreign load was not recorded.
    public var disturbed: Int?

    /// Creates a point.
    public init(grain: UInt64, regions: Rounds) {
      self.grain = grain
      self.regions = regions
    }
  }

  /// The results computed from a model's samples, for readers of the JSON. Times are in nanoseconds.
  public struct Summary: Codable, Equatable, Sendable {
    /// The efficiency for one chunk size.
    public struct Point: Codable, Equatable, Sendable {
      /// The numbers per chunk.
      public var grain: UInt64
      /// The time that one worker of `single` needs for such a chunk.
      public var grainTime: Double
      /// The efficiency.
      public var efficiency: Double

      /// Creates a point.
      public init(grain: UInt64, grainTime: Double, efficiency: Double) {
        self.grain = grain
        self.grainTime = grainTime
        self.efficiency = efficiency
      }
    }

    /// The concurrency model.
    public var model: String
    /// The efficiency by grain, from large to small; omits the grains that other programs disturbed too often.
    public var points: [Point]
    /// METG(50 %): the core time of the smallest chunk with which the efficiency is at least 50 %; `nil` if it was not
    /// found, or if a grain is omitted.
    public var metg: Double?
    /// The time of a process's first empty region, including one-time costs.
    public var firstEmptyRegion: Double?
    /// The time of an empty region in steady state.
    public var emptyRegion: Double?
    /// The core time of an empty chunk.
    public var emptyChunk: Double?

    /// Creates a summary.
    public init(
      model: String, points: [Point], metg: Double?, firstEmptyRegion: Double?, emptyRegion: Double?,
      emptyChunk: Double?
    ) {
      self.model = model
      self.points = points
      self.metg = metg
      self.firstEmptyRegion = firstEmptyRegion
      self.emptyRegion = emptyRegion
      self.emptyChunk = emptyChunk
    }
  }

  /// The format's name and version.
  public var schema = SchemaTag<GranularityRecord>()
  /// The version of the suite.
  public var version: String = suiteVersion
  /// The name of the machine, or the label that replaces it.
  public var host: String
  /// The time at which the measurement started, in UTC, in the format of RFC 3339.
  public var startedAt: String
  /// The host information.
  public var passport: Passport
  /// The number of workers.
  public var workers: Int
  /// The N of the sum.
  public var upTo: UInt64
  /// The times of the sum with the model `single`.
  public var single: Rounds = []
  /// The number of its rounds that other programs disturbed; `nil` if foreign load was not recorded.
  public var singleDisturbed: Int?
  /// The models, in the order in which they are measured.
  public var models: [Model] = []
  /// The results computed from the samples, in the same order.
  public var summary: [Summary]?

  /// Creates a record without measurements.
  public init(
    host: String, startedAt: String, passport: Passport, workers: Int, upTo: UInt64
  ) {
    self.host = host
    self.startedAt = startedAt
    self.passport = passport
    self.workers = workers
    self.upTo = upTo
  }
}
