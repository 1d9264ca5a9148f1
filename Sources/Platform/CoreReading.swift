/// What every core has done since the machine was started, at one moment.
public struct CoreReading: Equatable, Sendable {
  /// The time that one core has spent, in nanoseconds, in steps of the kernel's tick (mostly 10 ms).
  public struct Core: Equatable, Sendable {
    /// The core's number.
    public var number: Int
    /// At work for any process or for the kernel.
    public var busy: UInt64
    /// Ready to work, while the hypervisor gave the physical core to another guest.
    public var steal: UInt64

    /// Describes a core.
    public init(number: Int, busy: UInt64, steal: UInt64) {
      self.number = number
      self.busy = busy
      self.steal = steal
    }
  }

  /// The cores that were online at that moment.
  public private(set) var cores: [Core]

  /// Describes a reading.
  public init(cores: [Core] = []) {
    self.cores = cores
  }

  /// The time that the hypervisor took, over all cores, in nanoseconds.
  public var steal: UInt64 { cores.reduce(0) { $0 &+ $1.steal } }

  /// The time that all cores were at work together, in nanoseconds.
  public var busy: UInt64 { cores.reduce(0) { $0 &+ $1.busy } }

  /// Replaces the reading by what `/proc/stat` says; a line that is malformed is passed over.
  ///
  /// A line has the times in user mode, niced, in the kernel, idle, waiting for input or output, in interrupts, in soft
  /// interrupts, and stolen; guests of this machine are counted in the first. Old kernels end their lines earlier.
  ///
  /// - Parameters:
  ///   - bytes: The text, or its beginning.
  ///   - tick: The unit of its numbers in nanoseconds.
  /// - Returns: Whether the lines of the cores end within the bytes.
  mutating func replace(with bytes: UnsafeRawBufferPointer, tick: UInt64) -> Bool {
    cores.removeAll(keepingCapacity: true)
    var scanner = Scanner(bytes: bytes)
    while scanner.skipsWord("cpu") {
      // The line that begins with a space is the sum over all cores.
      if let number = scanner.number(), let core = Self.core(number, &scanner, tick) { cores.append(core) }
      if !scanner.skipLine() { return false }
    }
    return !scanner.isAtEnd
  }

  private static func core(_ number: UInt64, _ scanner: inout Scanner, _ tick: UInt64) -> Core? {
    var (busy, steal, count): (UInt64, UInt64, Int) = (0, 0, 0)
    while count < 8, let ticks = scanner.nextNumber() {
      switch count {
      case 3, 4: break
      case 7: steal = ticks
      default: busy &+= ticks
      }
      count += 1
    }
    let (busyTime, isLong) = busy.multipliedReportingOverflow(by: tick)
    let (stealTime, isLongToo) = steal.multipliedReportingOverflow(by: tick)
    guard count >= 4, !isLong, !isLongToo, let number = Int(exactly: number) else { return nil }
    return Core(number: number, busy: busyTime, steal: stealTime)
  }
}

/// Goes through bytes without making strings of them.
private struct Scanner {
  let bytes: UnsafeRawBufferPointer
  private var place = 0

  init(bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { place >= bytes.count }

  /// Goes past a word where it is next; otherwise stays.
  mutating func skipsWord(_ word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard place + length <= bytes.count else {
      place = bytes.count
      return false
    }
    for offset in 0..<length where bytes[place + offset] != word.utf8Start[offset] { return false }
    place += length
    return true
  }

  /// Goes to the beginning of the next line; `false` where there is no end of this one.
  mutating func skipLine() -> Bool {
    while place < bytes.count {
      place += 1
      if bytes[place - 1] == UInt8(ascii: "\n") { return true }
    }
    return false
  }

  /// The number that begins here; `nil` where none does, or where it is too large.
  mutating func number() -> UInt64? {
    let start = place
    var value: UInt64 = 0
    while place < bytes.count, case let digit = bytes[place] &- UInt8(ascii: "0"), digit < 10 {
      let (tenfold, isLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, isTooLarge) = tenfold.addingReportingOverflow(UInt64(digit))
      if isLarge || isTooLarge { return nil }
      value = sum
      place += 1
    }
    return place > start ? value : nil
  }

  /// The number after spaces.
  mutating func nextNumber() -> UInt64? {
    while place < bytes.count, bytes[place] == UInt8(ascii: " ") { place += 1 }
    return number()
  }
}
