import ModelKit

/// What the parent tells a worker.
enum Order: Equatable {
  /// Do your part in another region, whose clock was started then.
  case begin(UInt64)
  /// Treat these numbers.
  case treat(Range<UInt64>)
  /// All chunks of the region are dealt.
  case noMoreChunks

  /// The order as it travels: three words, few enough that a pipe keeps them together.
  struct Message: BitwiseCopyable {
    var kind: UInt64
    var first: UInt64 = 0
    var second: UInt64 = 0
  }

  /// The order as it travels.
  var message: Message {
    switch self {
    case .begin(let start): Message(kind: 1, first: start)
    case .treat(let chunk): Message(kind: 2, first: chunk.lowerBound, second: chunk.upperBound)
    case .noMoreChunks: Message(kind: 3)
    }
  }

  /// The order that a message carries; `nil` for one that no parent has sent.
  init?(_ message: Message) {
    switch message.kind {
    case 1: self = .begin(message.first)
    case 2 where message.first <= message.second: self = .treat(message.first..<message.second)
    case 3: self = .noMoreChunks
    default: return nil
    }
  }
}
