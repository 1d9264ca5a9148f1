/// One part of a query such as `a=1&b`, decoded.
public struct QueryItem: Equatable, Sendable {
  /// The text before the first `=`.
  public let name: String
  /// The text after the first `=`; `nil` if there is none.
  public let value: String?

  /// Returns the items of a query without its `?`, in their order; `nil` if one cannot be decoded. Empty items are
  /// skipped.
  public static func items(of query: RawSpan) -> [QueryItem]? {
    var items: [QueryItem] = []
    var start = 0
    while start < query.byteCount {
      var end = start
      while end < query.byteCount, query.byte(end) != UInt8(ascii: "&") { end += 1 }
      if end > start {
        var separator = start
        while separator < end, query.byte(separator) != UInt8(ascii: "=") { separator += 1 }
        guard let name = PercentEncoding.decoded(query.extracting(start..<separator)) else { return nil }
        var value: String?
        if separator < end {
          value = PercentEncoding.decoded(query.extracting(separator + 1..<end))
          if value == nil { return nil }
        }
        items.append(QueryItem(name: name, value: value))
      }
      start = end + 1
    }
    return items
  }
}
