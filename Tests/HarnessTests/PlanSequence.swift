import Records

@testable import Harness

extension Plan {
  /// The trials of the fewest rounds, in their order.
  var sequence: [Trial] { (0..<warmUps + trials).flatMap(trials(ofRound:)) }
}
