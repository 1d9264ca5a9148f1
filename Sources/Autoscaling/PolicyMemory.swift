/// The state that a policy keeps between decisions. It starts empty.
public struct PolicyMemory: Codable, Equatable, Sendable {
  /// A count with its time.
  public struct Entry: Codable, Equatable, Sendable {
    /// The time in seconds, on the observations' clock.
    public var time: Double
    /// The number of instances.
    public var count: Int

    /// Creates an entry.
    public init(time: Double, count: Int) {
      self.time = time
      self.count = count
    }
  }

  /// The earlier recommendations that a stabilization window may look at.
  public var recommendations: [Entry] = []
  /// The instances that were added, for limits per period.
  public var added: [Entry] = []
  /// The instances that were removed.
  public var removed: [Entry] = []
  /// The number of consecutive periods over the threshold of the alarm that scales out.
  public var periodsAbove = 0
  /// The number of consecutive periods under the threshold of the alarm that scales in.
  public var periodsBelow = 0
  /// The time when the last activity ended, for cooldowns.
  public var lastActivity: Double?
  /// The time when the queue last was over its activation threshold.
  public var lastActive: Double?
  /// The time of the last decision of a schedule.
  public var lastSchedule: Double?
  /// The bounds that a schedule set.
  public var bounds: Bounds?
  /// The memories of the policies of a group with several.
  public var parts: [PolicyMemory] = []

  /// Creates an empty memory.
  public init() {}

  /// Creates the memory of a group that begins with a number of instances. As Kubernetes does, it takes that number for
  /// the first recommendation, so that a stabilization window protects it.
  public init(startingWith size: Int, at time: Double) {
    recommendations = [Entry(time: time, count: size)]
  }

  /// A memory in which every alarm has been in breach long enough: the next metric decides alone.
  public static var breaching: PolicyMemory {
    var memory = PolicyMemory()
    memory.periodsAbove = alarmed
    memory.periodsBelow = alarmed
    return memory
  }

  /// A number of periods that is enough for every alarm.
  static let alarmed = 1_000_000
}
