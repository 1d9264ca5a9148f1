import Testing

@testable import scaleup

/// The parts of a conversation: predictions, mistakes, screens and the predictions of a class.
struct ConversationTests {
  /// Returns the answer in a line; `nil` if it is invalid.
  private func answer(
    _ line: String, _ kind: Question.Kind, within bounds: ClosedRange<Double>? = nil
  ) -> Double? {
    let question = Question("?", kind)
    guard case .answer(let value) = question.reply(to: line, within: bounds ?? question.usualBounds) else {
      return nil
    }
    return value
  }

  @Test("a choice is answered by its number, its words, or its words before a colon")
  func choices() {
    let kind = Question.Kind.choice(["one", "Some of them", "pass: the parent accepts"])
    for (line, value) in [
      ("1", 1), (" 3 ", 3), ("ONE", 1), ("some of them", 2), ("pass", 3), ("pass: the parent accepts", 3),
    ] { #expect(answer(line, kind) == Double(value), "\(line)") }
    for line in ["0", "4", "-1", "parent", "1.5", "two"] { #expect(answer(line, kind) == nil, "\(line)") }
  }

  @Test("every printed option of every kind of question is accepted")
  func printedOptions() {
    for options in [["both", "only the double", "only the 64-bit integer", "neither"], ["fork", "threads"]] {
      let question = Question("?", .choice(options))
      for (position, option) in options.enumerated() {
        #expect(answer(option, question.kind) == Double(position + 1))
        #expect(answer("\(position + 1)", question.kind) == Double(position + 1))
      }
    }
  }

  @Test("a number is accepted with and without its unit")
  func units() {
    for line in ["1.5", "1.5×", "1.5 x", "1.5 times"] { #expect(answer(line, .factor) == 1.5, "\(line)") }
    for line in ["20", "20%", "20 %", "20 percent"] { #expect(answer(line, .number(unit: "%")) == 20) }
    for line in ["7 µs", "7us", "7 μs"] { #expect(answer(line, .number(unit: "µs")) == 7) }
    for line in ["1 request", "1 requests"] { #expect(answer(line, .number(unit: "requests")) == 1) }
  }

  @Test("a value that cannot be is invalid, with the possible values as a hint")
  func impossible() {
    #expect(answer("-2", .factor) == nil && answer("0", .factor) == nil)
    #expect(answer("-1", .number(unit: "ms")) == nil && answer("0", .number(unit: "ms")) == 0)
    #expect(answer("101", .number(unit: "%"), within: 0...100) == nil)
    #expect(answer("-3", .number(unit: "%"), within: -100...1000) == -3)
    guard case .invalid(let hint) = Question("?", .number(unit: "%")).reply(to: "150 %", within: 0...100)
    else {
      Issue.record("150 % is above 100 %")
      return
    }
    #expect(hint == "from 0 to 100 %")
  }

  @Test("the usual mistake behind a prediction is named, and a close prediction is called close")
  func mistakes() {
    func feedback(_ guess: Double, _ answer: Double) -> String? {
      SerialPart.feedback(on: .init(guess: guess, answer: answer, workers: 2), isChoice: false)
    }
    #expect(feedback(2, 1.6)?.contains("serial part is left out") == true)
    #expect(feedback(5, 1.6)?.contains("the limit for any number of workers") == true)
    #expect(feedback(1.65, 1.6) == "Your prediction is within 10 %.")
    #expect(feedback(1.1, 1.6) == nil)
    #expect(
      KeptConnections.feedback(on: .init(guess: 1, answer: 1, workers: 2), isChoice: true)
        == "Your prediction is right.")
  }

  @Test("mistakes about tasks, shared state, cores and queues are told by the guess and the answer")
  func concurrencyMistakes() {
    func feedback(_ lesson: any Lesson.Type, _ guess: Double, _ answer: Double) -> String {
      lesson.feedback(on: .init(guess: guess, answer: answer, workers: 2), isChoice: false) ?? "none"
    }
    let cases: [(any Lesson.Type, guess: Double, answer: Double, part: String)] = [
      (TaskPerItem.self, 2, 40, "is allocated, queued"), (TaskPerItem.self, 30, 40, "none"),
      (GrowingWork.self, 2, 1.5, "serial part is left out"), (GrowingWork.self, 1.3, 1.5, "Amdahl's law"),
      (WorkAndSpan.self, 1, 1.45, "equal work"), (WorkAndSpan.self, 1.8, 1.45, "none"),
      (LostUpdates.self, 10, 0, "one step"), (LostUpdates.self, 0, 0, "within 10 %"),
      (OppositeLocks.self, 1, 10, "rare"), (OppositeLocks.self, 10, 3, "can miss that moment"),
      (ChangedBalance.self, 1, 2, "finish a method"), (ChangedBalance.self, 3, 2, "taken for a race"),
      (SharedCores.self, 2, 1.2, "a hardware thread is taken for a core"),
      (SharedCores.self, 1.2, 1.98, "each works alone"), (SharedCores.self, 1.2, 1.4, "none"),
      (WaitingLine.self, 1.9, 7, "1 / (1 − load)"), (WaitingLine.self, 10, 7, "M/M/1"),
    ]
    for (lesson, guess, answer, part) in cases {
      #expect(feedback(lesson, guess, answer).contains(part), "\(lesson.name): \(guess)")
    }
  }

  @Test("a long text is shown in screens that end between paragraphs and lose no line")
  func screens() {
    let text = "a\nb\n\nc\nd\ne\n\nf\n"
    #expect(Screens.split(text, rows: 24) == [text])
    #expect(Screens.split(text, rows: 6) == ["a\nb\n", "c\nd\ne\n", "f\n"])
    #expect(Screens.split("1\n2\n3\n4\n", rows: 4) == ["1\n2\n", "3\n4\n"])
    #expect(Screens.split("", rows: 1) == [""])
    for rows in 1...9 {
      let screens = Screens.split(text, rows: rows)
      #expect(screens.joined().filter { $0 != "\n" } == "abcdef")
      #expect(screens.allSatisfy { $0.split(separator: "\n").count <= max(1, rows - 2) })
    }
  }

  @Test("a class's predictions for a lesson are read with and without names, and other lines do not count")
  func classAnswers() {
    let question = Question("?", .number(unit: "ms"))
    let text =
      "Ada,tasks,100\ntasks,200 ms\r\n\nserial,3\n tasks , 300\ntasks,-1\nEve,tasks\nname,lesson,prediction\n"
    let predictions = ClassAnswers.predictions(in: text, for: "tasks") {
      question.reply(to: $0, within: question.usualBounds)
    }
    #expect(predictions.values == [100, 200, 300])
    #expect(predictions.invalid == 2)
  }
}
