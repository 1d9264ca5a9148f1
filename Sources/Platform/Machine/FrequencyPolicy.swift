/// The frequency settings of a machine's CPUs. What the machine does not report is `nil` or empty; most
/// virtual machines report nothing.
public struct FrequencyPolicy: Equatable, Sendable {
  /// The names of the active governors, without duplicates; usually one for all CPUs.
  public var governors: [String]
  /// The lowest frequency that the policy allows on any CPU, in kHz.
  public var minimum: Int?
  /// The highest frequency that the policy allows on any CPU, in kHz.
  public var maximum: Int?
  /// The highest frequency that the hardware supports, in kHz.
  public var hardwareMaximum: Int?
  /// Whether CPUs may exceed their nominal frequency while others idle (turbo, boost).
  public var boost: Bool?

  /// Creates a policy.
  public init(
    governors: [String] = [], minimum: Int? = nil, maximum: Int? = nil, hardwareMaximum: Int? = nil,
    boost: Bool? = nil
  ) {
    self.governors = governors
    self.minimum = minimum
    self.maximum = maximum
    self.hardwareMaximum = hardwareMaximum
    self.boost = boost
  }
}
