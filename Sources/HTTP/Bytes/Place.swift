/// A range of offsets in a head, or none, in a third of the memory of `Range<Int>?`, because requests are copied often.
struct Place: Equatable, Sendable {
  /// The greatest offset.
  static let limit = Int(Int32.max)

  /// No range.
  static var none: Place { Place(0..<0) }

  private let start: UInt32
  /// The end; 0 for no range, because nothing that has a place ends at the first byte of a message.
  private let end: UInt32

  /// Creates the place of a range, whose bounds are from 0 to `limit`.
  @inline(__always)
  init(_ range: Range<Int>) {
    start = UInt32(truncatingIfNeeded: range.lowerBound)
    end = UInt32(truncatingIfNeeded: range.upperBound)
  }

  /// Whether there is no range.
  @inline(__always)
  var isNone: Bool { end == 0 }

  /// The range; `nil` if there is none.
  var rangeIfAny: Range<Int>? { isNone ? nil : range }

  /// The range; empty if there is none.
  @inline(__always)
  var range: Range<Int> {
    // The bounds come from a range, so they are in order.
    unsafe Range(uncheckedBounds: (Int(start), Int(end)))
  }
}
