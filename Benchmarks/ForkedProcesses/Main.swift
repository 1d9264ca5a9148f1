import ModelKit

@main
enum Main {
  static func main() {
    let output = ForkedProcesses.program.run(CommandLine.arguments, ForkedProcesses.run)
    exitProcess(output.deliver())
  }
}
