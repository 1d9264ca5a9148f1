// The usual mistakes behind predictions about loops, services and plans, and the answers that are possible.

extension OneCore {
  static let bounds: ClosedRange<Double>? = 0...100
  static let mistakes = [
    Mistake(
      "The usual mistake: a busy loop is thought to fill the machine. A thread runs on one CPU at a time."
    ) {
      $0.guess >= 95
    }
  ]
}

extension SeveralProcesses {
  static let mistakes = [
    Mistake(
      "The usual mistake: copies are thought to share the work or the CPU. Each copy does all of it, on a CPU of its own."
    ) { $0.guess < 1.1 }
  ]
}

extension StructuredTasks {
  static let mistakes = [
    Mistake(
      "The usual mistake: a task is taken for a thread. All tasks wait at once only if none blocks its thread."
    ) {
      $0.guess <= 110
    }
  ]
}

extension VanishedLoop {
  static let mistakes = [
    Mistake(
      "The usual mistake: the loop is thought to run as written. The compiler may replace it by a formula."
    ) {
      $0.guess >= 5
    }
  ]
}

extension ExactSums {
  static let mistakes = [
    Mistake(
      "The usual mistake: 64 bits are thought to be enough for any sum. A double has 53 bits, an integer 63."
    ) {
      $0.guess < $0.answer
    }
  ]
}

extension SmallWork {
  static let mistakes = [
    Mistake(
      "The usual mistake: threads are thought to cost nothing. Each must be created, woken and waited for."
    ) {
      $0.guess < $0.answer / 4
    }
  ]
}

extension TooManyWorkers {
  static let bounds: ClosedRange<Double>? = -100...Double.greatestFiniteMagnitude
  static let mistakes = [
    Mistake(
      "The usual mistake: waiting threads are thought to cost CPU time. They cost memory, and a switch only when they take "
        + "turns."
    ) { $0.guess >= max(20, 4 * $0.answer) }
  ]
}

extension SerialPart {
  static let mistakes = [
    Mistake("The usual mistake: the serial part is left out. The other workers wait for it.") {
      $0.isAbout($0.workers)
    },
    Mistake("That is the limit for any number of workers, 1 over the serial part; this many do not reach it.")
    {
      $0.isAbout(5)
    },
  ]
}

extension UnevenWork {
  static let mistakes = [
    Mistake("The usual mistake: equal ranges are taken for equal work. The last range takes longest here.") {
      $0.guess <= 1.1
    }
  ]
}

extension SharedTotals {
  static let mistakes = [
    Mistake(
      "The usual mistake: an atomic addition is thought to cost about as much as a plain one. It must own the cache line, "
        + "which moves between the cores."
    ) { $0.guess < $0.answer / 2 }
  ]
}

extension VectorRegisters {
  static let mistakes = [
    Mistake(
      "The usual mistake: only the workers are counted. Each also adds several numbers per instruction."
    ) {
      $0.guess <= 1.1 * $0.workers
    }
  ]
}

extension MemoryWall {
  static let mistakes = [
    Mistake("The usual mistake: memory is thought to grow with the cores. They share its bandwidth.") {
      $0.isAbout($0.workers)
    }
  ]
}

extension HalfBusy {
  static let bounds: ClosedRange<Double>? = 0...100
  static let mistakes = [
    Mistake(
      "The usual mistake: a CPU is taken for busy while it has a worker. Utilization counts the time at work."
    ) {
      $0.guess >= 90
    }
  ]
}

extension WaitingHandlers {
  static let mistakes = [
    Mistake(
      "The usual mistake: a handler that waits is thought to leave the loop free. One that blocks answers one client at a time."
    ) { $0.guess < $0.answer / 2 }
  ]
}

extension KeptConnections {
  static let mistakes = [
    Mistake(
      "The usual mistake: requests are thought to be spread. Connections are, and each stays with its process."
    ) {
      $0.guess > $0.answer
    }
  ]
}

extension LostWorker {
  static let mistakes = [
    Mistake(
      "The usual mistake: the whole service is thought to fail. Only requests in the killed process are lost."
    ) {
      $0.guess > 10 * max(1, $0.answer)
    }
  ]
}

extension Omission {
  static let mistakes = [
    Mistake(
      "The usual mistake: both generators are thought to see the same. One that waits for its answer sends nothing meanwhile."
    ) { $0.guess < 2 && $0.answer >= 2 }
  ]
}

extension WaitingLine {
  static let mistakes = [
    Mistake(
      "The usual mistake: the latency is thought to grow with the load. Requests queue, so it grows with 1 / (1 − load)."
    ) {
      $0.guess <= 2.5
    },
    Mistake("That is right for random service times (M/M/1). Here each request needs the same time.") {
      $0.isAbout(10)
    },
  ]
}

extension BigOrMany {
  static let mistakes = [
    Mistake(
      "The usual mistake: equal utilization is taken for equal waits. A free core helps only its own queue."
    ) {
      $0.guess <= 1.1
    }
  ]
}

extension ControlLoop {
  static let mistakes = [
    Mistake("The usual mistake: only the need is counted. The loop is late and also answers the backlog.") {
      $0.guess < 0.9 * $0.answer
    }
  ]
}
