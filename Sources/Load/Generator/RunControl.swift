import Platform
import Synchronization

/// The messages between the threads of a generator and the thread that started them.
final class RunControl: Sendable {
  /// The time at which the warm-up starts, in nanoseconds of the monotonic clock.
  let start: UInt64
  /// The time at which the run was interrupted; the greatest integer if it was not.
  private let interruption = Atomic<UInt64>(.max)
  private let wakeUp: Pipe
  private let ended: Pipe

  /// Creates the control of a run.
  ///
  /// - Throws: `SystemError` if no pipe can be created.
  init(start: UInt64) throws(SystemError) {
    self.start = start
    wakeUp = try Pipe()
    ended = try Pipe()
  }

  /// The descriptor that becomes readable, and stays so, when the run is interrupted.
  var interrupted: Descriptor { wakeUp.reader }
  /// The descriptor that becomes readable when a thread has ended.
  var threadEnded: Descriptor { ended.reader }

  /// The time at which the run was interrupted; `nil` if it was not.
  var interruptionTime: UInt64? {
    let time = interruption.load(ordering: .acquiring)
    return time == .max ? nil : time
  }

  /// Asks all threads to end at once.
  func interrupt(at time: UInt64) {
    let (isFirst, _) = interruption.compareExchange(
      expected: .max, desired: time, ordering: .acquiringAndReleasing)
    // A pipe with room for one byte always takes it.
    if isFirst { try? wakeUp.writer.write([0]) }
  }

  /// Reports the end of a thread.
  func reportEnd() {
    try? ended.writer.write([0])
  }
}
