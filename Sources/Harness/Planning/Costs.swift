import Records

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The time that one worker takes for a workload of fixed amount: a power law through one or two measurements.
public struct Cost: Equatable, Sendable {
  /// The N that was measured.
  public let upTo: UInt64
  /// The time of that N in nanoseconds.
  public let time: Double
  /// The exponent of N in the time: 1 if every number costs the same, more if large numbers cost more.
  public let exponent: Double
  /// The time of a trial besides its region in nanoseconds, if it counts: that of touching and checking arrays.
  var preparation = 0.0

  /// Makes a cost from one measurement.
  public init(upTo: UInt64, time: Double, exponent: Double = 1) {
    self.upTo = upTo
    self.time = time
    self.exponent = exponent
  }

  /// Makes the cost that fits two measurements, the second with the greater N.
  ///
  /// The exponent is clamped to the range from 1 to 2: a value outside means that a measurement was disturbed.
  init(_ first: (upTo: UInt64, time: Double), _ second: (upTo: UInt64, time: Double)) {
    let growth = log(second.time / first.time) / log(Double(second.upTo) / Double(first.upTo))
    self.init(upTo: second.upTo, time: second.time, exponent: min(max(growth, 1), 2))
  }

  /// Returns the time of one worker for an N, in nanoseconds.
  public func time(of upTo: UInt64) -> Double {
    time * pow(Double(upTo) / Double(self.upTo), exponent)
  }

  /// Returns the N that takes one worker about `nanoseconds`, rounded to 1, 2 or 5 times a power of ten.
  public func amount(taking nanoseconds: Double) -> UInt64 {
    roundNumber(near: upTo(taking: nanoseconds))
  }

  /// Returns the N that takes one worker `nanoseconds`.
  func upTo(taking nanoseconds: Double) -> Double {
    Double(upTo) * pow(nanoseconds / time, 1 / exponent)
  }
}

/// The costs of the workloads of a run for one worker.
public struct Costs: Equatable, Sendable {
  private struct Key: Hashable {
    /// `nil` for all models of the suite, which share their inner loops.
    let peer: String?
    let workload: String
    let kernel: String
    let operation: String?
  }

  private var entries: [Key: Cost] = [:]
  /// The requests per second that the slowest configuration of `serve` answers; `nil` if it was not measured.
  public var leastCapacity: Double?

  /// The times of the first trials of commands in nanoseconds, without those that failed.
  public var commandTimes: [Configuration: Double] = [:]

  /// Makes an empty set of costs.
  public init() {}

  /// The cost of a workload with a kernel, for the suite's models or for a peer.
  public subscript(
    workload: String, kernel: String, peer peer: String? = nil, operation operation: String? = nil
  ) -> Cost? {
    get { entries[Key(peer: peer, workload: workload, kernel: kernel, operation: operation)] }
    set { entries[Key(peer: peer, workload: workload, kernel: kernel, operation: operation)] = newValue }
  }

  /// Returns the cost of a configuration, or that of the scalar kernel if its own is unknown.
  func cost(of configuration: Configuration) -> Cost? {
    let peer = configuration.isPeer == true ? configuration.model : nil
    return self[
      configuration.workload, configuration.kernel, peer: peer, operation: configuration.operation]
      ?? reference(for: configuration, peer: peer)
  }

  /// Returns the cost by which peers get their N: that of the scalar kernel, or for arrays that of the same kernel.
  func reference(for configuration: Configuration, peer: String? = nil) -> Cost? {
    let kernel = configuration.operation == nil ? "scalar" : configuration.kernel
    return self[configuration.workload, kernel, peer: peer, operation: configuration.operation]
  }
}
