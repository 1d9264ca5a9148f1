// The usual mistakes behind predictions about tasks, shared state and cores, and the answers that are possible.

extension TaskPerItem {
  static let mistakes = [
    Mistake(
      "The usual mistake: a child task is thought to cost nothing. Each is allocated, queued, and its result is passed back."
    ) { $0.guess < $0.answer / 3 }
  ]
}

extension GrowingWork {
  static let mistakes = [
    Mistake(
      "The usual mistake: the serial part is left out. It takes as long as before, while the others wait."
    ) {
      $0.isAbout($0.workers)
    },
    Mistake("That is Amdahl's law, for work that stays the same. Here the rest grows with the workers.") {
      $0.isAbout(2 / (1 + 1 / $0.workers))
    },
  ]
}

extension WorkAndSpan {
  static let mistakes = [
    Mistake(
      "The usual mistake: equal halves of the workers are taken for equal work. One child has three times as much as the other."
    ) { $0.guess <= 1.1 }
  ]
}

extension LostUpdates {
  static let bounds: ClosedRange<Double>? = 0...10
  static let mistakes = [
    Mistake(
      "The usual mistake: an addition is thought to be one step. It is a load, an addition and a store, and another thread's "
        + "store may come between."
    ) { $0.guess > $0.answer }
  ]
}

extension OppositeLocks {
  static let bounds: ClosedRange<Double>? = 0...10
  static let mistakes = [
    Mistake(
      "The usual mistake: a deadlock is thought to be rare, because a transfer is short. With many transfers the moment comes."
    ) { $0.guess < $0.answer },
    Mistake(
      "A deadlock needs both threads between their two locks at once. A test can miss that moment again and again."
    ) {
      $0.guess > $0.answer
    },
  ]
}

extension ChangedBalance {
  static let mistakes = [
    Mistake(
      "The usual mistake: an actor is thought to finish a method before the next. At an await it serves other messages."
    ) {
      $0.guess == 1
    },
    Mistake("The usual mistake: it is taken for a race of two threads. Both check before either subtracts.") {
      $0.guess == 3 && $0.answer == 2
    },
  ]
}

extension SharedCores {
  static let mistakes = [
    Mistake(
      "The usual mistake: a hardware thread is taken for a core. The threads of a core share its units."
    ) {
      $0.guess >= 1.7 && $0.answer < 1.5
    },
    Mistake(
      "The usual mistake: two cores are thought to get in each other's way. Sum needs no memory, so each works alone."
    ) {
      $0.guess <= 1.5 && $0.answer > 1.7
    },
  ]
}
