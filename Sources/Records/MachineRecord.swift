/// The description of a machine: `scaleup.machine/1`.
public struct MachineRecord: Codable, Equatable, Sendable, VersionedRecord {
  /// The format.
  public static let schema = Schema.machine

  /// The format's name and version.
  public var schema = SchemaTag<MachineRecord>()
  /// The version of the suite.
  public var version: String = suiteVersion
  /// The name of the machine.
  public var host: String
  /// The host information.
  public var passport: Passport
  /// The reason cycles, instructions or migrations cannot be counted; `nil` if all of them can.
  public var countersReason: String?

  /// Creates a machine.
  public init(host: String, passport: Passport, countersReason: String? = nil) {
    self.host = host
    self.passport = passport
    self.countersReason = countersReason
  }
}
