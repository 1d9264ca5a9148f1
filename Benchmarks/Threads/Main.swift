import ModelKit

@main
enum Main {
  static func main() {
    let output = Threads.program.run(CommandLine.arguments, Threads.run)
    exitProcess(output.deliver())
  }
}
