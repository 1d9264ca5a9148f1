/// How much so many workers got done: what a scaling law is fitted to.
public struct ScalingSample: Equatable, Sendable {
  /// The number of workers, over 0; it need not be whole.
  public let workers: Double
  /// Work a second, in any unit, over 0.
  public let throughput: Double

  /// Describes a sample.
  public init(workers: Double, throughput: Double) {
    self.workers = workers
    self.throughput = throughput
  }
}
