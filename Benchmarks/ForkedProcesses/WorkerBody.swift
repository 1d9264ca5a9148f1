import ModelKit

/// A forked worker from the inside: what the new process does until it ends.
struct WorkerBody {
  /// What a worker sends when a chunk is done, and before its slot.
  enum Notice {
    static let chunkDone: UInt8 = 1
    static let slotFollows: UInt8 = 2
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
      send([Notice.slotFollows] + region.shares.slot(of: number))
      guard case .begin(let start) = nextOrder() else { ChildProcess.exitImmediately(0) }
      region = region.repeated(as: number, from: start)
    }
  }

  /// Takes chunks from the orders; asks for another whenever one is done.
  private func drawing() -> () -> Range<UInt64>? {
    var isFirst = true
    return {
      if !isFirst { send([Notice.chunkDone]) }
      isFirst = false
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
