import ModelKit

@main
enum Main {
  static func main() {
    let processes = ForkedProcesses()
    let output = ForkedProcesses.program.run(CommandLine.arguments, processes.run, end: processes.end)
    exitProcess(output.deliver())
  }
}
