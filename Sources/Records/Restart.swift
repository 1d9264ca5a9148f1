/// A worker that was lost, and replaced by a fresh one that did its work again.
public struct Restart: Codable, Equatable, Sendable {
  /// Which worker, from 0.
  public var worker: Int
  /// In which region, from 0.
  public var region: Int
  /// What had become of it; reads on after its name.
  public var cause: String
  /// When it was missed, in nanoseconds since the region's start.
  public var at: UInt64
  /// The nanoseconds in which it worked for nothing: since the last that it had reported, or since it began.
  public var lost: UInt64

  /// Describes a restart.
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
