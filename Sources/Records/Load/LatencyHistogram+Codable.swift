/// A histogram in JSON: `{"clamped":0,"counts":[1200,3,1207,1]}`.
///
/// `counts` is a flat list of the buckets that contain times, in increasing order: the bucket's index, then its count.
/// The times of bucket `i`, in nanoseconds, are `i` alone if `i` < 2048. Otherwise, with `s = i / 1024 - 1` rounded down,
/// they start at `(i - 1024 s) · 2^s`, and there are `2^s` of them.
extension LatencyHistogram: Codable {
  enum CodingKeys: CodingKey {
    case clamped, counts
  }

  /// Reads a histogram.
  ///
  /// - Throws: `DecodingError` if a bucket is out of range, out of order or empty, if its count is missing, if the counts
  ///   exceed `mostCount` in sum, or if `clamped` exceeds the count of the last bucket.
  public init(from decoder: any Decoder) throws {
    self.init()
    let container = try decoder.container(keyedBy: CodingKeys.self)
    var list = try container.nestedUnkeyedContainer(forKey: .counts)
    var next = 0
    while !list.isAtEnd {
      let bucket = try list.decode(Int.self)
      guard (next..<Self.bucketCount).contains(bucket) else {
        throw DecodingError.dataCorruptedError(
          in: list, debugDescription: "bucket \(bucket) is out of range or out of order")
      }
      let times = try list.decode(UInt64.self)
      guard times > 0, times <= Self.mostCount - count else {
        throw DecodingError.dataCorruptedError(
          in: list, debugDescription: "bucket \(bucket) has an invalid count: \(times)")
      }
      counts[bucket] = times
      count += times
      next = bucket + 1
    }
    clamped = try container.decode(UInt64.self, forKey: .clamped)
    if clamped > counts[Self.bucketCount - 1] {
      throw DecodingError.dataCorruptedError(
        forKey: .clamped, in: container,
        debugDescription: "more clamped times than in the last bucket: \(clamped)")
    }
  }

  /// Writes the buckets that contain times.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(clamped, forKey: .clamped)
    var list = container.nestedUnkeyedContainer(forKey: .counts)
    for (bucket, count) in counts.enumerated() where count > 0 {
      try list.encode(bucket)
      try list.encode(count)
    }
  }
}
