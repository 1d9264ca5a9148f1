import ModelKit

/// The first byte of a report, which says what follows.
enum ReportKind {
  /// The result of the worker's oldest chunk, in 16 bytes.
  static let chunk: UInt8 = 1
  /// The worker's slot of the share table: its share of the region is complete.
  static let slot: UInt8 = 2
}

/// The child's ends of its two pipes. Without a parent at the other ends, the process exits.
struct ParentConnection {
  let orders: Descriptor
  let reports: Descriptor

  /// Reports that the share of a region is complete.
  func send(_ slot: UnsafeMutableRawBufferPointer) {
    write([ReportKind.slot] + slot)
  }

  /// Reports the result of a chunk, if there is one, and waits for the next chunk; `nil` when no chunk is left.
  func exchange(_ result: UInt128?) -> Range<UInt64>? {
    if let result { write([ReportKind.chunk] + withUnsafeBytes(of: result, Array.init)) }
    guard case .compute(let chunk) = nextOrder() else { return nil }
    return chunk
  }

  /// Waits for the order to begin another region.
  ///
  /// - Returns: The start of the region, in nanoseconds of `Clock.monotonic`, and the part of the trial that it is.
  func waitForNextRegion() -> (start: UInt64, phase: Job.Phase) {
    guard case .begin(let start, let phase) = nextOrder() else { ChildProcess.exitImmediately(1) }
    return (start, phase)
  }

  private func nextOrder() -> Order {
    var message = Order.Message(kind: 0)
    let isWhole = withUnsafeMutableBytes(of: &message) { (try? orders.read(into: $0)) == $0.count }
    guard isWhole, let order = Order(message) else { ChildProcess.exitImmediately(1) }
    return order
  }

  private func write(_ bytes: [UInt8]) {
    if (try? reports.write(bytes)) == nil { ChildProcess.exitImmediately(1) }
  }
}
