import Records

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a workload of fixed amount costs one worker: a power law through what was measured.
public struct Cost: Equatable, Sendable {
  /// The N that was measured.
  public let upTo: UInt64
  /// The nanoseconds that it took.
  public let time: Double
  /// How the time grows with N: 1 where every number costs the same, more where large ones cost more.
  public let exponent: Double

  /// Describes a cost.
  public init(upTo: UInt64, time: Double, exponent: Double = 1) {
    self.upTo = upTo
    self.time = time
    self.exponent = exponent
  }

  /// The cost that two measurements tell, the second with the greater N.
  ///
  /// The exponent is kept between 1 and 2: outside, one of the two was disturbed.
  init(_ first: (upTo: UInt64, time: Double), _ second: (upTo: UInt64, time: Double)) {
    let growth = log(second.time / first.time) / log(Double(second.upTo) / Double(first.upTo))
    self.init(upTo: second.upTo, time: second.time, exponent: min(max(growth, 1), 2))
  }

  /// The nanoseconds that one worker takes for an N.
  public func time(of upTo: UInt64) -> Double {
    time * pow(Double(upTo) / Double(self.upTo), exponent)
  }

  /// The N that is 1, 2 or 5 times a power of ten and takes one worker about so many nanoseconds.
  public func amount(taking nanoseconds: Double) -> UInt64 {
    roundNumber(near: upTo(taking: nanoseconds))
  }

  /// The N that takes one worker so many nanoseconds.
  func upTo(taking nanoseconds: Double) -> Double {
    Double(upTo) * pow(nanoseconds / time, 1 / exponent)
  }
}

/// What the workloads of a run cost one worker.
public struct Costs: Equatable, Sendable {
  private struct Key: Hashable {
    /// `nil` for all models of the suite, which share their inner loops.
    let peer: String?
    let workload: String
    let kernel: String
  }

  private var entries: [Key: Cost] = [:]

  /// No costs.
  public init() {}

  /// The cost of a workload with a kernel, of the suite's models or of a peer.
  public subscript(workload: String, kernel: String, peer peer: String? = nil) -> Cost? {
    get { entries[Key(peer: peer, workload: workload, kernel: kernel)] }
    set { entries[Key(peer: peer, workload: workload, kernel: kernel)] = newValue }
  }

  /// The cost of a configuration; that of the scalar kernel where its own is not known.
  func cost(of configuration: Configuration) -> Cost? {
    let peer = configuration.isPeer == true ? configuration.model : nil
    return self[configuration.workload, configuration.kernel, peer: peer]
      ?? self[configuration.workload, "scalar", peer: peer]
  }
}
