extension LatencyHistogram: JSONTextConvertible {
  /// The histogram as JSON, as `Codable` writes it.
  public var jsonText: String {
    var list: [UInt64] = []
    forEachBucket { bucket, count in
      list.append(UInt64(bucket))
      list.append(count)
    }
    var object = JSONObject<CodingKeys>()
    object.set(.clamped, clamped)
    object.set(.counts, list)
    return object.text
  }
}
