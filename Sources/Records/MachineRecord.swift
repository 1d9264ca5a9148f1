/// What a machine is, by itself: `scaleup.machine/1`.
public struct MachineRecord: Codable, Equatable, Sendable, VersionedRecord {
  /// The format.
  public static let schema = Schema.machine

  /// The format's name and version.
  public var schema = SchemaTag<MachineRecord>()
  /// The version of the suite.
  public var version: String = suiteVersion
  /// The name of the machine.
  public var host: String
  /// What the machine is.
  public var passport: Passport
  /// Why cycles, instructions or migrations cannot be counted; `nil` where all can.
  public var countersReason: String?

  /// Describes a machine.
  public init(host: String, passport: Passport, countersReason: String? = nil) {
    self.host = host
    self.passport = passport
    self.countersReason = countersReason
  }
}
