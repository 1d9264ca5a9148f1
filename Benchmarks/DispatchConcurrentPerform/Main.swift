import ModelKit

@main
enum Main {
  static func main() {
    let output = DispatchConcurrentPerform.program.run(CommandLine.arguments, DispatchConcurrentPerform.run)
    exitProcess(output.deliver())
  }
}
