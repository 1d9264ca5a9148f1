/// The arrays of `memory`: three, of doubles. Every worker touches, changes and checks a part of its own.
///
/// A step is the operation on one element; a pass is the steps of all elements. A region has a number of steps: whole passes,
/// and if need be a last pass over the first elements only.
///
/// All values are integers below 2^53, so that they are exact in any order of operations. Element i starts as i + 1 times 1, 2
/// and 5 in the three arrays. Every operation is linear, so that each element stays i + 1 times a number that the passes
/// determine.
///
/// `@unchecked Sendable`: a worker accesses only the elements of its part and its own count of regions. Models wait for
/// their workers between regions, which orders what different threads do for one worker.
public final class StreamArrays: @unchecked Sendable {
  /// The smallest array in bytes.
  public static let smallestSize: UInt64 = 1024
  /// The largest array in bytes.
  public static let largestSize: UInt64 = 1 << 46
  /// The most steps of all regions together; with more, values would be inexact.
  public static let mostSteps: UInt64 = 1_000_000_000_000_000

  /// The number of elements of each array.
  public let count: Int
  /// The steps of a region.
  public let steps: UInt64
  /// The whole passes of a region.
  private let passes: UInt64
  /// The elements of the pass that is not whole.
  private let rest: Range<Int>
  private let workers: Int
  private let operation: StreamOperation
  private let loop: StreamLoop
  /// The memory of all arrays. Nobody has touched it yet.
  public let memory: UnsafeMutableRawBufferPointer
  /// The regions that each worker has done; -1 before it touches its part.
  private let regions: UnsafeMutablePointer<Int>

  /// The elements of a cache line; parts begin with a whole line.
  private static let line = 8
  private static let page = 4096
  private static let multiples = (1.0, 2.0, 5.0)

  /// Allocates arrays without touching them.
  ///
  /// - Parameters:
  ///   - size: The bytes of each array.
  ///   - kernel: A kernel of arrays.
  ///   - isStreaming: Whether the kernel stores past the caches if the processor can.
  ///   - steps: The steps of a region.
  ///   - workers: The number of workers.
  public init(
    size: UInt64, _ operation: StreamOperation, _ kernel: Kernel, isStreaming: Bool, steps: UInt64,
    workers: Int
  ) {
    guard case .arrays(let loops) = kernel.loop else { preconditionFailure("\(kernel.name) has no arrays") }
    precondition((Self.smallestSize...Self.largestSize).contains(size) && steps > 0 && workers > 0)
    count = Int(size / 8)
    self.steps = steps
    (passes, rest) = (steps / UInt64(count), 0..<Int(steps % UInt64(count)))
    self.workers = workers
    self.operation = operation
    loop = loops(operation, isStreaming)
    memory = .allocate(byteCount: Self.bytes(size: size), alignment: Self.page)
    regions = .allocate(capacity: workers)
    regions.initialize(repeating: -1, count: workers)
  }

  deinit {
    memory.deallocate()
    regions.deallocate()
  }

  /// Returns the bytes of all arrays of a size. The arrays begin at different lines of a page: a store and a load at the same
  /// place of different pages can delay each other.
  public static func bytes(size: UInt64) -> Int { 3 * stride(size: size) }

  private static func stride(size: UInt64) -> Int {
    (Int(size) + page - 1) / page * page + page + 2 * line * MemoryLayout<Double>.stride
  }

  /// Returns the elements of a worker. The parts are in order and without gaps; their whole lines differ by at most one.
  public func part(of worker: Int) -> Range<Int> {
    let lines = range(of: UInt64((count + Self.line - 1) / Self.line), for: worker, among: workers)
    return min(Int(lines.lowerBound) * Self.line, count)..<min(Int(lines.upperBound) * Self.line, count)
  }

  /// Writes the first values of a worker's part.
  public func touch(as worker: Int) {
    let (a, b, c) = (array(0), array(1), array(2))
    for element in part(of: worker) {
      let value = Double(element + 1)
      a[element] = value * Self.multiples.0
      b[element] = value * Self.multiples.1
      c[element] = value * Self.multiples.2
    }
    regions[worker] = 0
  }

  /// Does the steps of a region in a worker's part, which it touches if nobody has.
  ///
  /// - Returns: The number of steps.
  @inline(never)
  public func pass(as worker: Int) -> UInt64 {
    if regions[worker] < 0 { touch(as: worker) }
    let part = part(of: worker)
    for pass in 0..<passes { apply(pass, to: part) }
    let last = part.clamped(to: rest)
    apply(passes, to: last)
    regions[worker] += 1
    return UInt64(part.count) * passes + UInt64(last.count)
  }

  private func apply(_ pass: UInt64, to elements: Range<Int>) {
    if elements.isEmpty { return }
    let roles = operation.roles(in: pass)
    let first = elements.lowerBound
    loop(
      array(roles.target) + first, array(roles.first) + first, array(roles.second) + first, operation.factor,
      elements.count)
  }

  /// Compares every element of a worker's part with its exact value. A part that has done no region does one first: it belongs
  /// to the replacement of a lost worker.
  ///
  /// - Returns: The steps of one region in the right elements.
  public func check(as worker: Int) -> UInt64 {
    if regions[worker] < 1 { _ = pass(as: worker) }
    let part = part(of: worker)
    let further = part.clamped(to: rest)
    let others = part.clamped(to: rest.upperBound..<count)
    return rightElements(in: further, passes: passes + 1, regions[worker]) * (passes + 1)
      + rightElements(in: others, passes: passes, regions[worker]) * passes
  }

  private func rightElements(in elements: Range<Int>, passes: UInt64, _ regions: Int) -> UInt64 {
    if elements.isEmpty { return 0 }
    let multiples = multiples(after: passes, regions)
    let (a, b, c) = (array(0), array(1), array(2))
    var right: UInt64 = 0
    for element in elements {
      let value = Double(element + 1)
      let isRight =
        a[element] == value * multiples[0] && b[element] == value * multiples[1]
        && c[element] == value * multiples[2]
      right += isRight ? 1 : 0
    }
    return right
  }

  /// Returns the multiples of an element's first value after the passes of some regions.
  private func multiples(after passes: UInt64, _ regions: Int) -> [Double] {
    var values = [Self.multiples.0, Self.multiples.1, Self.multiples.2]
    for _ in 0..<regions {
      for pass in 0..<passes {
        let roles = operation.roles(in: pass)
        values[roles.target] = operation.value(of: values[roles.first], values[roles.second])
      }
    }
    return values
  }

  /// Returns the first element of an array.
  func array(_ position: Int) -> UnsafeMutablePointer<Double> {
    let stride = memory.count / 3
    // The memory holds at least one byte.
    guard let start = memory.baseAddress else { preconditionFailure("no memory") }
    return (start + position * stride).assumingMemoryBound(to: Double.self)
  }
}
