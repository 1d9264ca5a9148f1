/// A metric of a HorizontalPodAutoscaler with its target.
public struct MetricSpec: Equatable, Sendable {
  /// The place that a metric comes from.
  public enum Source: String, Sendable {
    /// A resource of the pods, `cpu` or `memory`.
    case resource
    /// A metric of each pod.
    case pods
    /// A metric of another object, such as requests per second of an Ingress.
    case object
    /// A metric from outside, such as the length of a queue.
    case external
  }

  /// The value to keep a metric at.
  public enum Target: Equatable, Sendable {
    /// A percentage of what the pods request.
    case utilization(Double)
    /// An average over the pods.
    case average(Double)
    /// A value as it is.
    case value(Double)
  }

  /// The place that it comes from.
  public var source: Source
  /// Its name: of a resource, or a metric of pods or of the group.
  public var name: String
  /// Its target.
  public var target: Target

  /// Creates a metric.
  public init(_ source: Source, _ name: String, _ target: Target) {
    self.source = source
    self.name = name
    self.target = target
  }

  /// CPU utilization in percent of what the pods request.
  public static func cpu(_ percent: Double) -> MetricSpec {
    MetricSpec(.resource, cpuResource, .utilization(percent))
  }
}
