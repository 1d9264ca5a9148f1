/// How the clocks of a machine's cores are governed. What the machine does not tell is `nil` or empty; most virtual
/// machines tell nothing.
public struct FrequencyPolicy: Equatable, Sendable {
  /// The governors that are in force, each once, by name; mostly one for all cores.
  public var governors: [String]
  /// The least clock that any core may be set to, in kHz.
  public var minimum: Int?
  /// The greatest clock that any core may be set to, in kHz.
  public var maximum: Int?
  /// The greatest clock that the hardware would allow, in kHz.
  public var hardwareMaximum: Int?
  /// Whether cores may go over their nominal clock while others idle (turbo, boost).
  public var boost: Bool?

  /// Describes a policy.
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
