/// Memory for the workers' reports: one slot per worker, and no cache line in two slots.
///
/// A slot has a head, followed by a count for every slice of the job's time. It holds no references, so its
/// bytes are valid in another process.
///
/// `@unchecked Sendable`: the memory is shared by design. A worker accesses only its own slot, and others
/// read a slot only after that worker has reported, which the model guarantees by waiting for its workers.
public final class ShareTable: @unchecked Sendable {
  /// The fixed part at the start of every slot.
  struct Head: BitwiseCopyable {
    var part = Part()
    var begin: UInt64 = 0
    var end: UInt64 = 0
    var cpuTime: UInt64 = 0
    /// 0 if the worker has no process of its own.
    var peakMemory: UInt64 = 0
    /// -1 if the system does not report it.
    var core: Int = -1
    var worker: Int = 0
    /// The time spent on messages, if there are any.
    var messages = Messages()
  }

  /// The size of a cache line and its neighbor: x86 prefetches lines of 64 bytes in pairs; Apple's lines have
  /// 128.
  static let cacheLine = 128

  /// The number of bytes in a slot.
  public let slotSize: Int

  private let first: Int
  private let workers: Int
  private let slices: Int
  private let memory: UnsafeMutableRawPointer

  /// Creates a table of empty slots. Their memory is touched here, so that no worker has to wait for page
  /// faults.
  ///
  /// - Parameter first: The number of the first worker that has a slot here.
  init(first: Int = 0, workers: Int, slices: Int) {
    self.first = first
    self.workers = workers
    self.slices = slices
    slotSize = Self.slotSize(slices: slices)
    memory = .allocate(byteCount: workers * slotSize, alignment: Self.cacheLine)
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: workers * slotSize)
  }

  /// Returns the number of bytes in a slot with the given number of slices.
  static func slotSize(slices: Int) -> Int {
    let used = MemoryLayout<Head>.size + slices * MemoryLayout<UInt64>.size
    return (used + cacheLine - 1) / cacheLine * cacheLine
  }

  deinit {
    memory.deallocate()
  }

  /// Whether workers count per slice here.
  var hasSlices: Bool { slices > 0 }

  /// Returns the bytes of a worker's slot in the form sent to another process.
  public func slot(of worker: Int) -> UnsafeMutableRawBufferPointer {
    let position = worker - first
    precondition((0..<workers).contains(position))
    return UnsafeMutableRawBufferPointer(start: memory + position * slotSize, count: slotSize)
  }

  /// Returns the head of a worker's slot.
  func head(of worker: Int) -> Head {
    slot(of: worker).load(as: Head.self)
  }

  /// Clears a worker's slot.
  func clear(_ worker: Int) {
    slot(of: worker).initializeMemory(as: UInt8.self, repeating: 0)
  }

  /// Sets the work done by a worker, if others know it better than the worker's last process.
  public func setPart(_ part: Part, of worker: Int) {
    var head = head(of: worker)
    head.part = part
    setHead(head, of: worker)
  }

  /// Sets the head of a worker's slot.
  func setHead(_ head: Head, of worker: Int) {
    slot(of: worker).storeBytes(of: head, as: Head.self)
  }

  /// Returns the counts per slice in a worker's slot.
  func slices(of worker: Int) -> UnsafeMutableBufferPointer<UInt64> {
    let bytes = UnsafeMutableRawBufferPointer(rebasing: slot(of: worker)[MemoryLayout<Head>.size...])
    return UnsafeMutableBufferPointer(rebasing: bytes.bindMemory(to: UInt64.self)[..<slices])
  }
}

/// The work that a worker has done.
public struct Part: BitwiseCopyable, Sendable {
  /// The partial result.
  var result: UInt128 = 0
  /// The number of chunks; 0 if the worker had one range.
  var chunks: UInt64 = 0
  /// The count of numbers in the chunks.
  var numbers: UInt64 = 0

  /// Creates an empty part.
  public init() {}

  init(result: UInt128, chunks: UInt64 = 0, numbers: UInt64 = 0) {
    self.result = result
    self.chunks = chunks
    self.numbers = numbers
  }

  /// Adds the result of a chunk.
  @inline(__always)
  public mutating func add(_ result: UInt128, of chunk: Range<UInt64>) {
    self.result += result
    chunks += 1
    numbers += chunk.upperBound - chunk.lowerBound
  }
}

/// The time spent on messages, for a model whose processes exchange them.
public struct Messages: BitwiseCopyable, Equatable, Sendable {
  /// The time at which its process received the message that the region had begun, in nanoseconds since the
  /// region's start.
  public var arrival: UInt64
  /// The nanoseconds of the share spent exchanging messages or waiting for them.
  public var time: UInt64
  /// The CPU time of `time` in nanoseconds: a process may wait without leaving its core.
  public var cpuTime: UInt64

  /// Creates message times.
  public init(arrival: UInt64 = 0, time: UInt64 = 0, cpuTime: UInt64 = 0) {
    self.arrival = arrival
    self.time = time
    self.cpuTime = cpuTime
  }
}
