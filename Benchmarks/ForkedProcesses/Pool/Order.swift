import ModelKit

/// A message from the parent to a worker.
enum Order: Equatable {
  /// Begin the next region, a part of the trial, whose clock started at this reading of `Clock.monotonic`.
  case begin(UInt64, Job.Phase)
  /// Compute these numbers.
  case compute(Range<UInt64>)
  /// Report the share: every chunk of the region is assigned.
  case finish

  /// The bytes in the pipe: three words, below the size up to which a pipe writes atomically.
  struct Message: BitwiseCopyable {
    var kind: UInt64
    var first: UInt64 = 0
    var second: UInt64 = 0
  }

  /// The order as a message.
  var message: Message {
    switch self {
    case .begin(let start, let phase): Message(kind: 1, first: start, second: phase.rawValue)
    case .compute(let chunk): Message(kind: 2, first: chunk.lowerBound, second: chunk.upperBound)
    case .finish: Message(kind: 3)
    }
  }

  /// The order in a message; `nil` if the message is malformed.
  init?(_ message: Message) {
    switch message.kind {
    case 1:
      guard let phase = Job.Phase(rawValue: message.second) else { return nil }
      self = .begin(message.first, phase)
    case 2 where message.first <= message.second: self = .compute(message.first..<message.second)
    case 3: self = .finish
    default: return nil
    }
  }
}
