/// The replacement of a lost worker by a new one that repeats its work.
public struct Restart: Codable, Equatable, Sendable {
  /// The worker's number, from 0.
  public var worker: Int
  /// The region's number, from 0.
  public var region: Int
  /// The reason the worker was lost, as a phrase that follows its name.
  public var cause: String
  /// The time at which the loss was detected, in nanoseconds since the region's start.
  public var at: UInt64
  /// The lost work in nanoseconds: the time since the worker's last report, or since it began.
  public var lost: UInt64

  /// Creates a restart.
  public init(worker: Int, region: Int, cause: String, at: UInt64, lost: UInt64) {
    self.worker = worker
    self.region = region
    self.cause = cause
    self.at = at
    self.lost = lost
  }
}

extension Restart: JSONTextConvertible {
  /// The restart as a JSON object.
  public var jsonText: String {
    var object = JSONObject<CodingKeys>()
    object.set(.worker, worker)
    object.set(.region, region)
    object.set(.cause, cause)
    object.set(.at, at)
    object.set(.lost, lost)
    return object.text
  }
}
