/// An instance of a fleet's group. Times are nanoseconds of wall time since the fleet's start.
public struct GroupInstance: Equatable, Sendable {
  /// The states of an instance, as AWS Auto Scaling names them.
  public enum State: Equatable, Sendable {
    /// Launched, and not in service yet.
    case starting
    /// It passes its checks.
    case inService
    /// It was in service and fails its checks.
    case unhealthy
    /// It gets no new work, and finishes the work in hand.
    case draining
    /// It was asked to end, and the front has forgotten it.
    case ending
  }

  /// The name: `i-1`, `i-2` and so on.
  public let name: String
  /// The version of its launch template.
  public let template: Int
  /// The time of its launch.
  public internal(set) var launched: UInt64
  /// The state.
  public internal(set) var state = State.starting
  /// The time at which it first came into service; `nil` if it never did.
  public internal(set) var inServiceSince: UInt64?
  /// The time at which it last became ready or not ready: its launch before it was ready.
  public internal(set) var changed: UInt64
  /// Whether it was in service when the fleet's clock began, and counts as warm from then on.
  public internal(set) var isSeasoned = false
  /// Whether the front has it.
  var isInFront = false
  /// The reason that it is to end; `nil` if it is not.
  var reason: String?
  /// The time at which its drain is over, or at which it is killed; `nil` if it is not to end.
  var deadline: UInt64?
  /// The time since its launch that does not count against its grace period, because nobody looked after it.
  var excused: UInt64 = 0
  /// The time that it had run when the fleet's clock began anew.
  var earlier: UInt64 = 0
  /// The last failed check; `nil` if none is known.
  var problem: String?
  /// The last words of its process after a colon, which may say why it is not in service yet; empty if there are none.
  var words = ""

  init(name: String, template: Int, launched: UInt64) {
    (self.name, self.template, self.launched, changed) = (name, template, launched, launched)
  }

  /// Whether it counts as one of the desired instances: it neither drains nor ends.
  public var isLive: Bool { state != .draining && state != .ending }

  /// The time from which its grace period counts.
  var graceBegan: UInt64 { launched + excused }

  /// Moves all its times to a clock that begins later.
  mutating func rebase(by time: UInt64) {
    func moved(_ moment: UInt64) -> UInt64 { moment - min(moment, time) }
    earlier += time - min(launched, time)
    let began = moved(graceBegan)
    (launched, changed) = (moved(launched), moved(changed))
    (inServiceSince, deadline) = (inServiceSince.map(moved), deadline.map(moved))
    excused = began - launched
  }
}
