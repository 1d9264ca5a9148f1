/// The reason that a fleet cannot start or go on, as one line.
struct FleetFailure: Error, Equatable, CustomStringConvertible {
  let description: String
}
