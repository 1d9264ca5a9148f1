/// Little's law held against a load run: L = λW. The mean number of requests in a system is the rate at which they leave it
/// times the mean time that each spends in it, whatever the distributions.
///
/// The system is the server and the connections to it: a request enters when it is sent and leaves when its answer is
/// complete, so the mean time is that of the uncorrected latencies. A ratio far from 1 means that requests were lost, that
/// the queue grew during the run, or that the generator counts wrong.
///
/// Source: John D. C. Little, "A Proof for the Queuing Formula: L = λW", Operations Research 9 (1961).
public struct LittlesLaw: Equatable, Sendable {
  /// The answers per second, λ.
  public var rate: Double
  /// The mean time from sending a request to its answer, W, in nanoseconds.
  public var meanTime: UInt64
  /// The mean number of requests in flight, L, as seen: the time integral of their number / the duration.
  public var meanInFlight: Double

  /// Creates the numbers of a run.
  public init(rate: Double, meanTime: UInt64, meanInFlight: Double) {
    self.rate = rate
    self.meanTime = meanTime
    self.meanInFlight = meanInFlight
  }

  /// The number in flight as seen / the number that the law gives, L / (λW); `nil` if the law gives 0.
  public var ratio: Double? {
    let expected = rate * Double(meanTime) / 1_000_000_000
    return expected > 0 ? meanInFlight / expected : nil
  }
}

extension LittlesLaw: Codable {
  private enum CodingKeys: CodingKey {
    case rate, meanTime, meanInFlight, ratio
  }

  /// Reads the numbers. The ratio is computed from them, not read.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    rate = try container.decode(Double.self, forKey: .rate)
    meanTime = try container.decode(UInt64.self, forKey: .meanTime)
    meanInFlight = try container.decode(Double.self, forKey: .meanInFlight)
  }

  /// Writes the numbers and their ratio.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(rate, forKey: .rate)
    try container.encode(meanTime, forKey: .meanTime)
    try container.encode(meanInFlight, forKey: .meanInFlight)
    try container.encodeIfPresent(ratio, forKey: .ratio)
  }
}
