// The usual mistakes behind predictions about fleets.

extension LateInstances {
  static let mistakes = [
    Mistake(
      "The usual mistake: only the start-up is counted. First the loop must see the load, and then a health check must be good."
    ) { $0.guess < 0.9 * $0.answer }
  ]
}

extension FrozenInstance {
  static let mistakes = [
    Mistake(
      "The usual mistake: the first failed check is thought to be enough. A check must begin, wait and fail, and then the next."
    ) { $0.guess < 0.9 * $0.answer }
  ]
}

extension NewVersion {
  static let mistakes = [
    Mistake(
      "The usual mistake: the gap is thought to be short. It lasts until a new instance has started and passed a check."
    ) {
      $0.guess < 0.9 * $0.answer
    },
    Mistake("The usual mistake: the gap is thought to last until all instances serve. The first one ends it.")
    {
      $0.guess > 1.5 * $0.answer
    },
  ]
}

extension JobsInHand {
  static let mistakes = [
    Mistake(
      "The usual mistake: the jobs are thought to follow one another. Each instance does one at a time, all at once."
    ) {
      $0.guess > 2.2 * $0.answer
    },
    Mistake(
      "The usual mistake: all that the killed instance did is thought to be lost. Only the job in its hand is done again."
    ) {
      $0.guess > $0.answer
    },
  ]
}
