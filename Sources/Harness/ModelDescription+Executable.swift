import Records

extension ModelDescription {
  /// Why an executable has no description; reads on after its name.
  struct Problem: Error { let reason: String }

  /// What an executable says of itself when it is asked.
  ///
  /// - Throws: `Interruption`.
  static func ofExecutable(
    _ path: String, _ runner: ChildRunner
  ) throws(Interruption) -> Result<ModelDescription, Problem> {
    let execution: ChildRunner.Execution
    do throws(ChildRunner.Failure) {
      execution = try runner.run(path, ["--describe"], timeout: 10_000_000_000, outputLimit: 1 << 16)
    } catch .interrupted(let interruption) {
      throw interruption
    } catch {
      return .failure(Problem(reason: "does not describe itself: it \(error.reason)"))
    }
    guard execution.ended.status == .exited(0) else {
      return .failure(Problem(reason: "\(execution.ended.status) when asked to describe itself"))
    }
    do {
      return .success(try JSON.decode(ModelDescription.self, from: execution.output))
    } catch {
      return .failure(Problem(reason: "does not describe itself: its description \(error)"))
    }
  }
}
