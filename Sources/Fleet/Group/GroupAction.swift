/// An action that a group asks for. Actions must be carried out in order.
public enum GroupAction: Equatable, Sendable {
  /// Starts a process for a new instance, from a version of the launch template.
  case launch(String, template: Int)
  /// Adds an instance, which listens now, to the front.
  case addToFront(String)
  /// Lets the front give no new work to an instance.
  case drain(String)
  /// Lets the front forget an instance.
  case remove(String)
  /// Asks the process of an instance to end.
  case terminate(String)
  /// Kills the process of an instance.
  case kill(String)
}
