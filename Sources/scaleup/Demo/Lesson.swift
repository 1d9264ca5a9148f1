import Report

/// A lesson: a question, what is measured to answer it, and why the answer is so.
///
/// It is made for one machine and one showing. Whatever number it tells was measured meanwhile, or is what was asked for.
protocol Lesson: SendableMetatype {
  /// The word for it on the command line.
  static var name: String { get }
  /// What it is about, on one line.
  static var title: String { get }
  /// Where its code is shown, from the top of the repository.
  static var files: [String] { get }

  /// Prepares the lesson: finds out how much work takes a fitting time here.
  ///
  /// - Throws: `CommandFailure`, `Interruption`.
  init(_ bench: Bench) throws

  /// What is asked, before anything is shown.
  var question: Question { get }

  /// Measures.
  ///
  /// - Throws: `CommandFailure`, `Interruption`.
  func findings() throws -> Findings
}

/// What a lesson found.
struct Findings {
  /// The answer to its question; `nil` where this machine could not tell it.
  let answer: Double?
  /// What was measured, as tables and pictures.
  let passages: [Passage]
  /// Why it is so.
  let explanation: String
}

/// The lessons, in the order of the menu.
enum Lessons {
  static let all: [any Lesson.Type] = [
    OneCore.self, SeveralProcesses.self, ThreadsAndDispatch.self, StructuredTasks.self, VanishedLoop.self,
    ExactSums.self, SmallWork.self, TooManyWorkers.self, SerialPart.self, UnevenWork.self, SharedTotals.self,
    VectorRegisters.self, HalfBusy.self,
  ]
}
