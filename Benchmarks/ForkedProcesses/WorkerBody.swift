import ModelKit

/// A forked worker from the inside: what the new process does until it ends.
struct WorkerBody {
  /// With what a report begins.
  enum Notice {
    /// What came of the next chunk: 16 bytes follow.
    static let chunk: UInt8 = 1
    /// The worker is done: the bytes of its slot follow.
    static let slot: UInt8 = 2
  }

  let number: Int
  let orders: Descriptor
  let reports: Descriptor

  /// Does its part of the region, and of those that are ordered after it; never returns.
  func run(_ first: Region) -> Never {
    var region = first
    while true {
      if region.job.sharedChunks == nil {
        region.work(as: number, inOwnProcess: true)
      } else {
        region.work(as: number, inOwnProcess: true, drawing: drawing())
      }
      send([Notice.slot] + region.shares.slot(of: number))
      guard case .begin(let start) = nextOrder() else { ChildProcess.exitImmediately(1) }
      region = region.repeated(as: number, from: start)
    }
  }

  /// Takes chunks from the orders, and reports what came of each.
  private func drawing() -> Region.Draw {
    { result in
      if let result { send([Notice.chunk] + withUnsafeBytes(of: result, Array.init)) }
      guard case .treat(let chunk) = nextOrder() else { return nil }
      return chunk
    }
  }

  /// Waits for an order; without a parent that could give one, there is nothing left to do.
  private func nextOrder() -> Order {
    var message = Order.Message(kind: 0)
    let isWhole = withUnsafeMutableBytes(of: &message) { (try? orders.read(into: $0)) == $0.count }
    guard isWhole, let order = Order(message) else { ChildProcess.exitImmediately(1) }
    return order
  }

  private func send(_ bytes: [UInt8]) {
    if (try? reports.write(bytes)) == nil { ChildProcess.exitImmediately(1) }
  }
}
