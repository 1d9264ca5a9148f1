import Records
import Statistics

extension Plan {
  /// The trials of a round, warm-ups counted, in their order and not carried out yet: one of every configuration.
  func trials(ofRound round: Int) -> [Trial] {
    order(of: round).map { configuration in
      Trial(
        configuration: configuration, round: round < warmUps ? round : round - warmUps,
        warmUp: round < warmUps)
    }
  }

  /// The order of the configurations in a round, warm-ups counted.
  private func order(of round: Int) -> [Int] {
    guard let seed else { return Array(configurations.indices) }
    return randomOrder(of: configurations.count, seed: seed &+ UInt64(round))
  }
}
