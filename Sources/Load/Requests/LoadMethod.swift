import HTTP

/// The method of the requests of a load run.
public enum LoadMethod: String, CaseIterable, Sendable {
  /// Reads: an answer must have status 200, and those to `/api/n` are checked.
  case get = "GET"
  /// Changes something, without a body: an answer must have a status from 200 to 299, and is not checked.
  case post = "POST"

  /// Returns whether the status of an answer is one of success.
  @inline(__always)
  func accepts(_ status: Status) -> Bool {
    self == .get ? status == .ok : 200..<300 ~= status.rawValue
  }
}
