import CPlatform

/// Reads the cumulative times of every core, cheaply enough to run twenty times per second.
///
/// The file stays open and is read into one buffer; only the lines of the cores are parsed.
public final class CoreSampler {
  private let file: Descriptor
  private let tick: UInt64
  private var buffer: UnsafeMutableRawBufferPointer
  /// The maximum number of bytes to read: at least 64 bytes for each of thousands of cores.
  private static let limit = 1 << 20

  /// Opens `/proc/stat`; returns `nil` if the system has no such file.
  public init?(from tree: FileTree = .machine) {
    guard let path = tree.location(of: "proc/stat"),
      let number = try? system("open", path, { scaleup_open(path.systemString, O_RDONLY, 0) })
    else { return nil }
    let ticks = sysconf(Int32(_SC_CLK_TCK))
    file = Descriptor(owning: number)
    tick = 1_000_000_000 / UInt64(max(1, ticks))
    buffer = .allocate(byteCount: 1 << 14, alignment: 16)
  }

  deinit {
    buffer.deallocate()
  }

  /// Replaces a reading with the current times of the cores.
  ///
  /// - Returns: Whether the read succeeded; the reading is empty if it failed.
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
