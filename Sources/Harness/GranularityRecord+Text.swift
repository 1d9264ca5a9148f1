import Records

extension GranularityRecord {
  /// The record as one line of JSON.
  ///
  /// - Throws: `EncodingError`.
  public func text() throws -> String {
    try JSON.encode(self) + "\n"
  }
}
