import Fleet
import Testing

@Suite struct FrontCommandTests {
  @Test(
    "a front's command is read back from its line",
    arguments: [
      FrontCommand.add("i-1", address: "127.0.0.1", port: 8081), .drain("i-2"), .remove("i-3"), .status,
    ])
  func roundTrip(_ command: FrontCommand) {
    #expect(FrontCommand(command.description) == command)
  }

  @Test(
    "an unknown command of a front is refused",
    arguments: [
      "", "add", "add i-1 127.0.0.1", "add i-1 127.0.0.1 0", "add i-1 127.0.0.1 65536", "add i-1 127.0.0.1 x",
      "drain", "drain a b", "status now", "halt",
    ])
  func refused(_ line: String) {
    #expect(FrontCommand(line) == nil)
  }
}
