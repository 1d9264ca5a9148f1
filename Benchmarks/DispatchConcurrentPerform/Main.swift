import ModelKit

@main
enum Main {
  static func main() {
    if let shortage = DispatchConcurrentPerform.program.threadShortage() { exitProcess(shortage.deliver()) }
    let output = DispatchConcurrentPerform.program.run(CommandLine.arguments, DispatchConcurrentPerform.run)
    exitProcess(output.deliver())
  }
}
