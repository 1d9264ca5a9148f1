import CPlatform

/// The cumulative times of every core since the machine started, at one moment.
public struct CoreReading: Equatable, Sendable {
  /// The times of one core in nanoseconds, counted in steps of the kernel's tick (usually 10 ms).
  public struct Core: Equatable, Sendable {
    /// The core's number.
    public var number: Int
    /// The time spent working for any process or for the kernel.
    public var busy: UInt64
    /// The time during which the core had work but the hypervisor ran another guest on the physical core; `nil` if the
    /// system does not report it.
    public var steal: UInt64?

    /// Creates a core.
    public init(number: Int, busy: UInt64, steal: UInt64?) {
      self.number = number
      self.busy = busy
      self.steal = steal
    }
  }

  /// The cores that were online.
  public private(set) var cores: [Core]
  /// The busy time of all cores as the kernel adds it up, in nanoseconds; `nil` if it is unknown. It is rounded to the
  /// tick once, and the sum of many cores as often as there are cores.
  private var total: UInt64?

  /// Creates a reading.
  public init(cores: [Core] = []) {
    self.cores = cores
  }

  /// The unit in which the system counts, in nanoseconds.
  static let tick = 1_000_000_000 / UInt64(max(1, sysconf(Int32(_SC_CLK_TCK))))

  /// The sum of `steal` over all cores, in nanoseconds; `nil` if the system does not report it.
  public var steal: UInt64? {
    let known = cores.compactMap(\.steal)
    return known.count < cores.count ? nil : known.reduce(0, &+)
  }

  /// The sum of `busy` over all cores, in nanoseconds.
  public var busy: UInt64 { total ?? cores.reduce(0) { $0 &+ $1.busy } }

  /// Returns the reading of some cores only.
  ///
  /// - Parameter numbers: The numbers of the cores. If the reading has none of them, as in a container that
  ///   numbers its cores anew, all are returned.
  public func limited(to numbers: Set<Int>) -> CoreReading {
    let some = cores.filter { numbers.contains($0.number) }
    return some.isEmpty || some.count == cores.count ? self : CoreReading(cores: some)
  }

  /// Replaces the reading with the content of `/proc/stat`; skips malformed lines.
  ///
  /// A line lists the times in user mode, niced, in the kernel, idle, waiting for I/O, in interrupts, in soft
  /// interrupts, and stolen; the first includes the guests of this machine. Old kernels write fewer columns.
  ///
  /// - Parameters:
  ///   - bytes: The text, or the beginning of it.
  ///   - tick: The unit of its numbers in nanoseconds.
  /// - Returns: Whether the lines of all cores end within the bytes.
  mutating func replace(with bytes: UnsafeRawBufferPointer, tick: UInt64) -> Bool {
    cores.removeAll(keepingCapacity: true)
    total = nil
    var scanner = Scanner(bytes: bytes)
    while scanner.skipsWord("cpu") {
      if let number = scanner.number() {
        if let core = Self.core(number, &scanner, tick) { cores.append(core) }
      } else if total == nil {
        // The line without a number is the sum over all cores.
        total = Self.core(0, &scanner, tick)?.busy
      }
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

/// Scans bytes without creating strings.
private struct Scanner {
  let bytes: UnsafeRawBufferPointer
  private var place = 0

  init(bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { place >= bytes.count }

  /// Skips a word if it comes next, and returns whether it did.
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

  /// Skips to the beginning of the next line; returns `false` if this line has no end.
  mutating func skipLine() -> Bool {
    while place < bytes.count {
      place += 1
      if bytes[place - 1] == UInt8(ascii: "\n") { return true }
    }
    return false
  }

  /// Reads the number that begins here; returns `nil` if there is none or if it does not fit in 64 bits.
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

  /// Skips spaces and reads a number.
  mutating func nextNumber() -> UInt64? {
    while place < bytes.count, bytes[place] == UInt8(ascii: " ") { place += 1 }
    return number()
  }
}
