import Records

extension MachineRecord {
  /// The record as JSON on one line.
  ///
  /// - Throws: `EncodingError`, for a number that JSON cannot hold.
  public func text() throws -> String { try JSON.encode(self) + "\n" }
}
