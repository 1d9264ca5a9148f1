/// The paths that a load run requests, and how often it requests each.
///
/// The path of request `i` is a function of the seed and `i` alone, so it does not depend on the thread that sends it.
public struct PathMix: Equatable, Sendable {
  /// A path and its weight.
  public struct Entry: Equatable, Sendable {
    /// The path as it is sent, such as `/api/1000000`.
    public let path: String
    /// The weight: the path's share of the requests is its weight / the sum of all weights.
    public let weight: UInt64
    /// The bytes of the correct answer; `nil` if it is unknown, so that only the status is checked.
    public let answer: [UInt8]?

    /// Returns whether the body of an answer is correct: unknown, or equal to `answer`, with or without a newline at the end.
    public func accepts(_ body: some BidirectionalCollection<UInt8>) -> Bool {
      guard let answer else { return true }
      let text = body.last == UInt8(ascii: "\n") ? body.dropLast() : body[...]
      return text.elementsEqual(answer)
    }
  }

  /// The most paths.
  public static let mostPaths = 1000
  /// The greatest weight of a path.
  public static let mostWeight: UInt64 = 1_000_000
  /// The greatest length of a path in bytes.
  public static let mostLength = 1000

  /// The paths, in the given order.
  public let entries: [Entry]
  /// The sums of the weights up to and including each entry.
  private let sums: [UInt64]
  private let numbers: RandomSequence

  /// Creates a mix of paths.
  ///
  /// A path `/api/n` is sent with n in plain digits (`/api/1e6` becomes `/api/1000000`), and its answer is checked.
  ///
  /// - Parameters:
  ///   - paths: Each path and its weight.
  ///   - seed: The seed of the paths' order. The same seed gives the same paths on every machine.
  /// - Throws: `PathMixError` if there is no path, a path or a weight is invalid, or a path is repeated.
  public init(_ paths: [(path: String, weight: UInt64)], seed: UInt64 = 0) throws(PathMixError) {
    if paths.isEmpty { throw .noPath }
    if paths.count > Self.mostPaths { throw .tooManyPaths(paths.count) }
    var (entries, sums, seen): ([Entry], [UInt64], Set<String>) = ([], [], [])
    for (path, weight) in paths {
      let entry = try Entry(path, weight: weight)
      if !seen.insert(entry.path).inserted { throw .repeatedPath(path) }
      entries.append(entry)
      sums.append((sums.last ?? 0) + weight)
    }
    self.entries = entries
    self.sums = sums
    numbers = RandomSequence(seed: seed, use: .paths)
  }

  /// Returns the index of the entry that a request of a schedule asks for.
  ///
  /// The probabilities are proportional to the weights, to within one part in 2^64 / the sum of the weights (Lemire, "Fast
  /// Random Integer Generation in an Interval", ACM TOMACS 29, 2019, without its rejection).
  public func entry(ofRequest request: UInt64) -> Int {
    guard sums.count > 1, let total = sums.last else { return 0 }
    let draw = numbers.number(at: request).multipliedFullWidth(by: total).high
    // Bisection: the first entry whose sum is above the draw.
    var (low, high) = (0, sums.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] > draw { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// Whether both mixes give the same paths for all requests.
  public static func == (one: Self, other: Self) -> Bool {
    one.entries == other.entries && one.numbers.number(at: 0) == other.numbers.number(at: 0)
  }
}

extension PathMix.Entry {
  /// Creates an entry.
  ///
  /// - Throws: `PathMixError` if the path or the weight is invalid.
  init(_ path: String, weight: UInt64) throws(PathMixError) {
    guard path.utf8.first == UInt8(ascii: "/") else { throw .noSlash(path) }
    guard path.utf8.count <= PathMix.mostLength else { throw .tooLong(path) }
    // The visible characters of ASCII: everything else would need to be encoded, and could split the request.
    guard path.utf8.allSatisfy({ 0x21...0x7E ~= $0 && $0 != UInt8(ascii: "#") }) else {
      throw .invalidCharacter(path)
    }
    guard 1...PathMix.mostWeight ~= weight else { throw .invalidWeight(String(weight), path: path) }
    self.weight = weight
    let prefix = "/api/"
    switch path.hasPrefix(prefix) ? WholeNumber(path.dropFirst(prefix.count)) : nil {
    case .value(let upTo):
      self.path = "\(prefix)\(upTo)"
      answer = Array(String(sum(upTo: upTo)).utf8)
    case .tooLarge: throw .numberTooLarge(path)
    case nil: (self.path, answer) = (path, nil)
    }
  }
}

/// Returns the sum of the integers 0…n, n(n + 1)/2, which fits in 128 bits for every n.
func sum(upTo number: UInt64) -> UInt128 {
  UInt128(number) * (UInt128(number) + 1) / 2
}
