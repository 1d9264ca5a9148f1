import CPlatform

/// Reads what every core has done, cheaply enough for twenty times a second.
///
/// The file stays open and is read into one buffer, of which no more is parsed than the lines of the cores.
public final class CoreSampler {
  private let file: Descriptor
  private let tick: UInt64
  private var buffer: UnsafeMutableRawBufferPointer
  /// The most that is read: 64 bytes and more for each of thousands of cores.
  private static let limit = 1 << 20

  /// Opens `/proc/stat`; `nil` where there is none.
  public init?(from tree: FileTree = .machine) {
    let (path, ticks) = (tree.root + "proc/stat", sysconf(Int32(_SC_CLK_TCK)))
    guard let number = try? system("open", path, { scaleup_open(path, O_RDONLY, 0) }) else { return nil }
    file = Descriptor(owning: number)
    tick = 1_000_000_000 / UInt64(max(1, ticks))
    buffer = .allocate(byteCount: 1 << 14, alignment: 16)
  }

  deinit {
    buffer.deallocate()
  }

  /// Replaces a reading by what the cores have done up to now.
  ///
  /// - Returns: Whether there was anything to read; where not, the reading is empty.
  @discardableResult
  public func read(into reading: inout CoreReading) -> Bool {
    while true {
      let (number, buffer) = (file.number, self.buffer)
      let count = (try? system("read") { pread(number, buffer.baseAddress, buffer.count, 0) }) ?? 0
      let isComplete = reading.replace(with: UnsafeRawBufferPointer(rebasing: buffer[..<count]), tick: tick)
      if isComplete || count < buffer.count || buffer.count >= Self.limit { return !reading.cores.isEmpty }
      grow()
    }
  }

  private func grow() {
    let size = buffer.count * 2
    buffer.deallocate()
    buffer = .allocate(byteCount: size, alignment: 16)
  }
}
