/// Divides the numbers `0..<count` among workers, each a range of its own, in order and without a gap.
///
/// The sizes differ by at most one, the larger ones first; with more workers than numbers the last ranges
/// are empty.
///
/// - Parameters:
///   - count: How many numbers there are.
///   - worker: Which worker's range is asked for, from 0.
///   - workers: How many workers there are, at least 1.
public func range(of count: UInt64, for worker: Int, among workers: Int) -> Range<UInt64> {
  precondition(workers > 0 && (0..<workers).contains(worker), "worker \(worker) of \(workers)")
  let (size, larger) = count.quotientAndRemainder(dividingBy: UInt64(workers))
  let position = UInt64(worker)
  let lower = size * position + min(position, larger)
  return lower..<lower + size + (position < larger ? 1 : 0)
}
