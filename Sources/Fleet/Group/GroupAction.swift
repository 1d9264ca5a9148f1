/// Something that a group wants done: the order matters.
public enum GroupAction: Equatable, Sendable {
  /// Start a process for a new instance, from a version of the launch template.
  case launch(String, template: Int)
  /// Add an instance that listens to the front.
  case addToFront(String)
  /// Let the front give an instance nothing new.
  case drain(String)
  /// Let the front forget an instance.
  case remove(String)
  /// Ask the process of an instance to end.
  case terminate(String)
  /// Kill the process of an instance.
  case kill(String)
}
