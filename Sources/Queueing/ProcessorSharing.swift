#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Processor sharing: all requests of a queue are served at once, and share c cores equally, at most one core each.
///
/// With Poisson arrivals, the number of requests and the mean response are those of M/M/c, whatever the distribution of the
/// demand (Sakata, Noguchi and Oizumi, "An Analysis of the M/G/1 Queue under Round-Robin Scheduling", Operations Research 19
/// (1971)); on one core, W = S / (1 − ρ). The distribution of the response depends on that of the demand; here, demands are
/// exponential.
public struct ProcessorSharing: Equatable, Sendable {
  /// The queue in the order of arrival with the same arrivals, cores and demand. Its service time is the demand.
  public let queue: MultiServerQueue

  /// Shares the cores of a queue.
  public init(_ queue: MultiServerQueue) { self.queue = queue }

  /// The mean response; infinite if the queue is unstable.
  public var meanResponse: Double { queue.meanResponse }

  /// The greatest utilization at which response times are computed.
  public static let mostUtilization = 0.999

  /// The distribution of the response; `nil` above a utilization of `mostUtilization`.
  ///
  /// The number of requests during the stay of one is a Markov chain that ends when it leaves. By uniformization, the
  /// probability to be there after k jumps is a sum of positive numbers (Jensen, "Markoff Chains as an Aid in the Study of
  /// Markoff Processes", Skandinavisk Aktuarietidskrift 36 (1953)).
  ///
  /// - Parameter rest: The least probability of a longer response that is asked of it, to five digits.
  public func responses(downTo rest: Double) -> Responses? {
    guard queue.utilization <= Self.mostUtilization else { return nil }
    let (survival, rate) = jumps(until: rest * 1e-5)
    return Responses(survival: survival, rate: rate / queue.serviceTime, mean: meanResponse)
  }

  /// The distribution of response times.
  public struct Responses: Equatable, Sendable {
    /// The probability that a request is present after each number of jumps.
    fileprivate let survival: [Double]
    /// The jumps per time.
    fileprivate let rate: Double
    /// The mean response.
    public let mean: Double

    /// Returns the probability that the response takes longer than `time`.
    public func probability(above time: Double) -> Double { poissonAverage(of: survival, mean: rate * time) }

    /// Returns the response time that a fraction of the requests, at least 0 and below 1, do not exceed.
    public func quantile(_ fraction: Double) -> Double {
      time(atSurvival: 1 - fraction, from: mean, probability(above:))
    }
  }

  /// Returns the probability that a request is present after each number of jumps of the chain, down to `least`, and the
  /// rate of jumps per service time.
  private func jumps(until least: Double) -> (survival: [Double], rate: Double) {
    let cores = Double(queue.servers)
    let rate = queue.load + cores
    // The element at n is the probability that n others are present. A stay sees hardly more than a request may find.
    var present = othersAtArrival
    let states = present.count
    func served(_ requests: Int) -> Double { min(Double(requests), cores) }
    var survival = [1.0]
    var next = present
    while let last = survival.last, last > least, survival.count < 4_000_000 {
      var sum = 0.0
      for others in 0..<states {
        let arrivals = others + 1 < states ? queue.load : 0
        var mass = present[others] * (rate - arrivals - served(others + 1))
        if others > 0 { mass += present[others - 1] * queue.load }
        if others + 1 < states {
          // Of n + 2 requests, each of the n + 1 others leaves with an equal share of the service.
          mass += present[others + 1] * served(others + 2) * Double(others + 1) / Double(others + 2)
        }
        next[others] = mass / rate
        sum += next[others]
      }
      swap(&present, &next)
      survival.append(sum)
    }
    return (survival, rate)
  }

  /// The probabilities of the numbers of requests that a request finds, those of M/M/c, up to twice the number that one in 10^10
  /// exceeds.
  private var othersAtArrival: [Double] {
    var terms = [1.0]
    var (sum, last) = (1.0, 1.0)
    while last > 1e-10 * sum || terms.count <= queue.servers {
      last *= queue.load / Double(min(terms.count, queue.servers))
      sum += last
      terms.append(last)
      if sum > 1e200 {
        for index in terms.indices { terms[index] /= 1e200 }
        (sum, last) = (sum / 1e200, last / 1e200)
      }
    }
    return terms.map { $0 / sum } + [Double](repeating: 0, count: terms.count)
  }
}

/// Returns the mean of the values at a Poisson-distributed position; positions beyond the last have the value 0.
///
/// The weights are summed from the most probable position outwards, and normalized.
private func poissonAverage(of values: [Double], mean: Double) -> Double {
  if mean <= 0 { return values.first ?? 0 }
  let middle = Int(min(mean, 1e15))
  var (sum, total) = (0.0, 0.0)
  func add(_ weight: Double, at position: Int) {
    total += weight
    if position < values.count { sum += weight * values[position] }
  }
  var (weight, position) = (1.0, middle)
  while weight > 1e-16 {
    add(weight, at: position)
    position += 1
    weight *= mean / Double(position)
  }
  (weight, position) = (Double(middle) / mean, middle - 1)
  while weight > 1e-16, position >= 0 {
    add(weight, at: position)
    weight *= Double(position) / mean
    position -= 1
  }
  return sum / total
}

/// Returns the time at which a decreasing function has the given value, to the last digits; 0 if it is below at once.
func time(atSurvival value: Double, from scale: Double, _ survival: (Double) -> Double) -> Double {
  if survival(0) <= value { return 0 }
  var (low, high) = (0.0, scale)
  while survival(high) > value {
    (low, high) = (high, 2 * high)
    if !high.isFinite { return .infinity }
  }
  while high - low > 1e-13 * high {
    let middle = low + (high - low) / 2
    if middle <= low || middle >= high { break }
    if survival(middle) > value { low = middle } else { high = middle }
  }
  return high
}
