import CPlatform

/// `/proc/stat`. The file stays open and is read into one buffer; only the lines of the cores are parsed.
final class StatFile: CoreSource {
  private let file: Descriptor
  private var buffer: UnsafeMutableRawBufferPointer
  /// The maximum number of bytes to read: at least 64 bytes for each of thousands of cores.
  private static let limit = 1 << 20

  /// Opens the file; returns `nil` if the system has none.
  init?(in tree: FileTree) {
    guard let path = tree.location(of: "proc/stat"),
      let number = try? system("open", path, { scaleup_open(path.systemString, O_RDONLY, 0) })
    else { return nil }
    file = Descriptor(owning: number)
    buffer = .allocate(byteCount: 1 << 14, alignment: 16)
  }

  deinit {
    buffer.deallocate()
  }

  func read(into reading: inout CoreReading) -> Bool {
    while true {
      let (number, buffer) = (file.number, self.buffer)
      let count = (try? system("read") { pread(number, buffer.baseAddress, buffer.count, 0) }) ?? 0
      let isComplete = reading.replace(
        with: UnsafeRawBufferPointer(rebasing: buffer[..<count]), tick: CoreReading.tick)
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
