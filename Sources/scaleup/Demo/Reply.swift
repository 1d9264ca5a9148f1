/// The reading of a line that a person typed.
enum Reply<Answer> {
  /// A valid answer.
  case answer(Answer)
  /// Anything else, with a hint at what would be valid.
  case invalid(hint: String?)
}
