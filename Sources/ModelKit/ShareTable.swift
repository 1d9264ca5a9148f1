/// Memory for what each worker of a job reports: a slot a worker, and no cache line in two slots.
///
/// A slot has a head and, behind it, a count for every slice of the job's time. It holds no references, so
/// that its bytes mean the same in another process.
///
/// `@unchecked Sendable`: the memory is shared by design. A worker touches its own slot only, and the other
/// side reads a slot only after that worker has reported, which the model guarantees by waiting for its workers.
public final class ShareTable: @unchecked Sendable {
  /// What every slot starts with.
  struct Head: BitwiseCopyable {
    var part = Part()
    var begin: UInt64 = 0
    var end: UInt64 = 0
    var cpuTime: UInt64 = 0
    /// 0 where the worker has no process of its own.
    var peakMemory: UInt64 = 0
    /// -1 where the system does not tell.
    var core: Int = -1
    var worker: Int = 0
    /// What its messages took, where there are any.
    var messages = Messages()
  }

  /// The size of a cache line and its neighbour: x86 fetches lines of 64 bytes in pairs, Apple's have 128.
  static let cacheLine = 128

  /// The number of bytes in a slot.
  public let slotSize: Int

  private let first: Int
  private let workers: Int
  private let slices: Int
  private let memory: UnsafeMutableRawPointer

  /// Makes a table of empty slots; their memory is touched here, so that no worker waits for it.
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

  /// The number of bytes in a slot with so many slices.
  static func slotSize(slices: Int) -> Int {
    let used = MemoryLayout<Head>.size + slices * MemoryLayout<UInt64>.size
    return (used + cacheLine - 1) / cacheLine * cacheLine
  }

  deinit {
    memory.deallocate()
  }

  /// Whether workers count per slice here.
  var hasSlices: Bool { slices > 0 }

  /// The bytes of a worker's slot, as they travel to another process.
  public func slot(of worker: Int) -> UnsafeMutableRawBufferPointer {
    let position = worker - first
    precondition((0..<workers).contains(position))
    return UnsafeMutableRawBufferPointer(start: memory + position * slotSize, count: slotSize)
  }

  /// The head of a worker's slot.
  func head(of worker: Int) -> Head {
    slot(of: worker).load(as: Head.self)
  }

  /// Makes a worker's slot empty again.
  func clear(_ worker: Int) {
    slot(of: worker).initializeMemory(as: UInt8.self, repeating: 0)
  }

  /// Writes what a worker has done, where others know that better than the last process that was this worker.
  public func setPart(_ part: Part, of worker: Int) {
    var head = head(of: worker)
    head.part = part
    setHead(head, of: worker)
  }

  /// Writes the head of a worker's slot.
  func setHead(_ head: Head, of worker: Int) {
    slot(of: worker).storeBytes(of: head, as: Head.self)
  }

  /// The counts per slice in a worker's slot.
  func slices(of worker: Int) -> UnsafeMutableBufferPointer<UInt64> {
    let bytes = UnsafeMutableRawBufferPointer(rebasing: slot(of: worker)[MemoryLayout<Head>.size...])
    return UnsafeMutableBufferPointer(rebasing: bytes.bindMemory(to: UInt64.self)[..<slices])
  }
}

/// What a worker has done of a job.
public struct Part: BitwiseCopyable, Sendable {
  /// The partial result.
  var result: UInt128 = 0
  /// The chunks that it drew; 0 where it had one range for itself.
  var chunks: UInt64 = 0
  /// The numbers in them.
  var numbers: UInt64 = 0

  /// What a worker has done that has done nothing yet.
  public init() {}

  init(result: UInt128, chunks: UInt64 = 0, numbers: UInt64 = 0) {
    self.result = result
    self.chunks = chunks
    self.numbers = numbers
  }

  /// Adds what came of a chunk.
  @inline(__always)
  public mutating func add(_ result: UInt128, of chunk: Range<UInt64>) {
    self.result += result
    chunks += 1
    numbers += chunk.upperBound - chunk.lowerBound
  }
}

/// What a worker's messages took, for a model whose processes exchange them.
public struct Messages: BitwiseCopyable, Equatable, Sendable {
  /// When its process had received the message that the region had begun, in nanoseconds since the region's start.
  public var arrival: UInt64
  /// The nanoseconds in which it exchanged messages, or waited for them, while it did its part.
  public var time: UInt64
  /// The CPU time of that in nanoseconds: a process may wait without leaving its core.
  public var cpuTime: UInt64

  /// Describes them.
  public init(arrival: UInt64 = 0, time: UInt64 = 0, cpuTime: UInt64 = 0) {
    self.arrival = arrival
    self.time = time
    self.cpuTime = cpuTime
  }
}
