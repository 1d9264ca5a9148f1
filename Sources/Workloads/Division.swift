/// Returns one worker's range if the numbers `0..<count` are divided among workers in order and without gaps.
///
/// The sizes differ by at most one, the larger ones first. If there are more workers than numbers, the last
/// ranges are empty.
///
/// - Parameters:
///   - count: The number of numbers.
///   - worker: The worker whose range to return, from 0.
///   - workers: The number of workers, at least 1.
public func range(of count: UInt64, for worker: Int, among workers: Int) -> Range<UInt64> {
  precondition(workers > 0 && (0..<workers).contains(worker), "worker \(worker) of \(workers)")
  let (size, larger) = count.quotientAndRemainder(dividingBy: UInt64(workers))
  let position = UInt64(worker)
  let lower = size * position + min(position, larger)
  return lower..<lower + size + (position < larger ? 1 : 0)
}
