import Records

extension FitRecord {
  /// The record as one line of JSON.
  ///
  /// - Throws: `EncodingError`.
  public func text() throws -> String {
    try JSON.encode(self) + "\n"
  }
}
