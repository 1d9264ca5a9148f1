/// How models do with ever smaller chunks of work: `scaleup.granularity/1`. Every raw sample is in it.
public struct GranularityRecord: Codable, Equatable, Sendable, VersionedRecord {
  /// The format.
  public static let schema = Schema.granularity

  /// The times of the regions that were run one after the other in one process, in nanoseconds; one list a round.
  public typealias Rounds = [[UInt64]]

  /// A model, and what was measured of it.
  public struct Model: Codable, Equatable, Sendable {
    /// The concurrency model.
    public var model: String
    /// The sum in chunks of one size, from large chunks to small ones.
    public var points: [Point] = []
    /// A region in which nothing is done; `nil` where the model has none.
    public var emptyRegion: Rounds?
    /// A region of chunks in which nothing is done; `nil` where the model has none.
    public var emptyChunks: Rounds?
    /// How many chunks those are.
    public var emptyChunkCount: UInt64?
    /// Why the model was given up; `nil` where it was not.
    public var failure: String?

    /// A model of which nothing was measured yet.
    public init(model: String) {
      self.model = model
    }
  }

  /// The sum in chunks of one size.
  public struct Point: Codable, Equatable, Sendable {
    /// The numbers in a chunk.
    public var grain: UInt64
    /// What it took.
    public var regions: Rounds

    /// Describes a point.
    public init(grain: UInt64, regions: Rounds) {
      self.grain = grain
      self.regions = regions
    }
  }

  /// What follows from the samples of a model, for readers of the JSON. Times are in nanoseconds.
  public struct Summary: Codable, Equatable, Sendable {
    /// The efficiency with chunks of one size.
    public struct Point: Codable, Equatable, Sendable {
      /// The numbers in a chunk.
      public var grain: UInt64
      /// The time in which one worker of `single` does such a chunk.
      public var grainTime: Double
      /// The efficiency.
      public var efficiency: Double

      /// Describes a point.
      public init(grain: UInt64, grainTime: Double, efficiency: Double) {
        self.grain = grain
        self.grainTime = grainTime
        self.efficiency = efficiency
      }
    }

    /// The concurrency model.
    public var model: String
    /// The efficiency by grain, from large chunks to small ones.
    public var points: [Point]
    /// METG(50 %): the core-time of the smallest chunk with which the model is still half as fast as it could be.
    public var metg: Double?
    /// The first empty region of a process: with what is used for the first time.
    public var firstEmptyRegion: Double?
    /// An empty region in steady state.
    public var emptyRegion: Double?
    /// The core-time of an empty chunk.
    public var emptyChunk: Double?

    /// Describes a summary.
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
  /// When the measurement started, in UTC, as RFC 3339 writes it.
  public var startedAt: String
  /// What the machine is.
  public var passport: Passport
  /// The number of workers.
  public var workers: Int
  /// The N of the sum.
  public var upTo: UInt64
  /// The sum with the model `single`.
  public var single: Rounds = []
  /// The models, in the order in which they are tried.
  public var models: [Model] = []
  /// What follows from the samples, in the same order.
  public var summary: [Summary]?

  /// A measurement that is about to begin.
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
