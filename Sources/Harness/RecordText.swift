import Records

extension VersionedRecord where Self: Encodable {
  /// The record as one line of JSON.
  ///
  /// - Throws: `EncodingError`, for a number that JSON cannot hold.
  public func text() throws -> String {
    try JSON.encode(self) + "\n"
  }
}
