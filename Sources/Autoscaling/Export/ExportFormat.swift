/// The real engines that a policy can be written for.
public enum ExportFormat: String, CaseIterable, Sendable {
  /// A Kubernetes HorizontalPodAutoscaler, as YAML.
  case hpa
  /// A KEDA ScaledObject or ScaledJob, as YAML.
  case keda
  /// The parameters of the AWS command line for an Auto Scaling group and its policies, as JSON.
  case asg
}

/// The reason that a policy cannot be written for an engine, as a predicate of the policy's name.
public struct ExportError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The reason, with the remedy in parentheses.
  public let description: String

  init(_ description: String) { self.description = description }
}

extension Policy {
  /// The name that exported objects have; users replace it.
  static let exportedName = "scaleup"

  /// Returns the policy as text for an engine.
  ///
  /// - Throws: `ExportError` if the engine has no such policy, or a value that it needs is missing.
  public func exported(as format: ExportFormat) throws(ExportError) -> String {
    switch (format, rule) {
    case (.hpa, .hpa(let rule)): return try exported(rule)
    case (.keda, .keda(let rule)): return try exported(rule)
    case (.keda, .kedaJob(let rule)): return try exported(rule)
    case (.hpa, _), (.keda, _), (.asg, .hpa), (.asg, .keda), (.asg, .kedaJob):
      let fitting: ExportFormat =
        switch rule {
        case .hpa: .hpa
        case .keda, .kedaJob: .keda
        default: .asg
        }
      throw ExportError(
        "is of the kind \(rule.kind), which \(format.rawValue) has not (try --export \(fitting.rawValue))")
    case (.asg, _): return try exportedGroup()
    }
  }

  /// The greatest size.
  ///
  /// - Throws: `ExportError` if it is open.
  func greatestSize() throws(ExportError) -> Int {
    if bounds.max >= Bounds.most {
      throw ExportError("has no maximum number of instances (add --max COUNT)")
    }
    return bounds.max
  }
}
