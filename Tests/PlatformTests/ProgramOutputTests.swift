import CPlatform
import Testing

@testable import Platform

struct ProgramOutputTests {
  @Test("output and error go to their streams, and the exit status is the program's")
  func deliver() async throws {
    let result = await #expect(
      processExitsWith: .exitCode(3), observing: [\.standardOutputContent, \.standardErrorContent]
    ) {
      exitProcess(ProgramOutput(output: "the output\n", error: "the error\n", status: 3).deliver())
    }
    let (output, error) = try texts(result)
    #expect(output.contains("the output\n") && !output.contains("the error"))
    #expect(error.contains("the error\n") && !error.contains("the output"))
  }

  @Test("output of any length and script arrives whole")
  func longOutput() async throws {
    let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
      exitProcess(ProgramOutput(output: String(repeating: "größer 🚀\n", count: 30_000)).deliver())
    }
    let (output, _) = try texts(result)
    #expect(output.contains(String(repeating: "größer 🚀\n", count: 30_000)))
  }

  @Test("a program that cannot write its output fails and says why")
  func closedOutput() async throws {
    let result = await #expect(processExitsWith: .exitCode(1), observing: [\.standardErrorContent]) {
      // A closed one would be given to whatever another thread opens meanwhile.
      dup2(scaleup_open("/dev/null", O_RDONLY, 0), 1)
      exitProcess(ProgramOutput(output: "lost\n").deliver())
    }
    let (_, error) = try texts(result)
    #expect(error.contains("cannot write to standard output: Bad file descriptor (errno 9)\n"))
  }

  @Test("a program that cannot write to standard error fails")
  func closedError() async {
    await #expect(processExitsWith: .exitCode(1)) {
      dup2(scaleup_open("/dev/null", O_RDONLY, 0), 2)
      exitProcess(ProgramOutput(error: "lost\n").deliver())
    }
  }

  private func texts(_ result: ExitTest.Result?) throws -> (output: String, error: String) {
    let result = try #require(result)
    return (
      String(decoding: result.standardOutputContent, as: UTF8.self),
      String(decoding: result.standardErrorContent, as: UTF8.self)
    )
  }
}
