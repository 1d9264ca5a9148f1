import Report

/// A lesson: a question, the measurements that answer it, and an explanation.
///
/// A lesson is made for one machine and shown once. Each number in its text is a parameter of the question, was
/// measured during the lesson, or comes from a simulation that says so.
protocol Lesson: SendableMetatype {
  /// The name of the lesson on the command line.
  static var name: String { get }
  /// The subject of the lesson, on one line.
  static var title: String { get }
  /// The files with its code, relative to the top of the repository.
  static var files: [String] { get }
  /// The usual mistakes behind predictions, the likelier first (default: none).
  static var mistakes: [Mistake] { get }
  /// The answers that are possible (default: factors above 0, numbers of at least 0).
  static var bounds: ClosedRange<Double>? { get }

  /// Prepares the lesson, and chooses an amount of work that suits this machine.
  ///
  /// - Throws: `CommandFailure`, `Interruption`.
  init(_ bench: Bench) throws

  /// The question to ask before anything is shown.
  var question: Question { get }

  /// Measures the answer.
  ///
  /// - Throws: `DisturbedLesson` if the answer would mislead; `CommandFailure`, `Interruption`.
  func findings() throws -> Findings
}

/// The result of a lesson.
struct Findings {
  /// The answer to the question; `nil` if the measurements give no clear answer.
  let answer: Double?
  /// The measurements, as tables and pictures.
  let passages: [Passage]
  /// The reasons for the answer.
  let explanation: String
}

/// The lessons, in the order of the menu.
enum Lessons {
  static let all: [any Lesson.Type] = [
    // Parallel loops.
    OneCore.self, SeveralProcesses.self, ThreadsAndDispatch.self, StructuredTasks.self, VanishedLoop.self,
    ExactSums.self, TaskPerItem.self, SmallWork.self, TooManyWorkers.self, SerialPart.self, GrowingWork.self,
    UnevenWork.self, WorkAndSpan.self,
    // Shared state.
    LostUpdates.self, SharedTotals.self, OppositeLocks.self, ChangedBalance.self,
    // Cores and memory.
    VectorRegisters.self, MemoryWall.self, SharedCores.self, HalfBusy.self,
    // Services.
    OnePort.self, WaitingHandlers.self, KeptConnections.self, LostWorker.self, Omission.self, SharedPort.self,
    PaperCapacity.self, WaitingLine.self,
    // Plans.
    BigOrMany.self, ControlLoop.self, ColdStart.self, Flapping.self, LongJobs.self,
    // Fleets.
    LateInstances.self, FrozenInstance.self, NewVersion.self, JobsInHand.self,
  ]
}
