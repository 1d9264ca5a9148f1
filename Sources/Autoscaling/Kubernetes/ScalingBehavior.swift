/// The limits on scaling of a HorizontalPodAutoscaler, its `behavior`.
public struct ScalingBehavior: Equatable, Sendable {
  /// The limits in one direction.
  public struct Rules: Equatable, Sendable {
    /// The choice among several policies.
    public enum Selection: String, Codable, CaseIterable, Sendable {
      /// The policy that allows the greatest change.
      case max = "Max"
      /// The policy that allows the least change.
      case min = "Min"
      /// No change.
      case disabled = "Disabled"
    }

    /// The window in seconds over which recommendations are compared.
    public var stabilizationWindow: Double
    /// The choice among the policies.
    public var select: Selection
    /// The policies.
    public var policies: [RatePolicy]
    /// The tolerance in this direction; `nil` for the autoscaler's.
    public var tolerance: Double?

    /// Creates the limits.
    public init(
      stabilizationWindow: Double, select: Selection = .max, policies: [RatePolicy], tolerance: Double? = nil
    ) {
      self.stabilizationWindow = stabilizationWindow
      self.select = select
      self.policies = policies
      self.tolerance = tolerance
    }
  }

  /// A limit on the change per period.
  public struct RatePolicy: Equatable, Sendable {
    /// The unit of a limit.
    public enum Unit: String, Codable, CaseIterable, Sendable {
      /// A number of pods.
      case pods = "Pods"
      /// A percentage of the pods at the start of the period.
      case percent = "Percent"
    }

    /// The unit of the limit.
    public var unit: Unit
    /// The limit.
    public var value: Int
    /// The period in seconds.
    public var period: Double

    /// Creates a limit.
    public init(_ unit: Unit, _ value: Int, per period: Double) {
      self.unit = unit
      self.value = value
      self.period = period
    }
  }

  /// The limits on adding pods.
  public var scaleUp: Rules
  /// The limits on removing pods.
  public var scaleDown: Rules

  /// Creates limits; those of Kubernetes by default.
  public init(scaleUp: Rules = .defaultScaleUp, scaleDown: Rules = .defaultScaleDown) {
    self.scaleUp = scaleUp
    self.scaleDown = scaleDown
  }
}

extension ScalingBehavior.Rules {
  /// The default limits on adding pods: the greater of 4 pods and 100 % per 15 s, no window.
  public static let defaultScaleUp = Self(
    stabilizationWindow: 0, policies: [.init(.pods, 4, per: 15), .init(.percent, 100, per: 15)])
  /// The default limits on removing pods: 100 % per 15 s, a window of 300 s.
  public static let defaultScaleDown = Self(
    stabilizationWindow: 300, policies: [.init(.percent, 100, per: 15)])
}
