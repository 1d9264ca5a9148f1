import ModelKit

@main
enum Main {
  static func main() {
    let output = SingleThreaded.program.run(CommandLine.arguments, SingleThreaded.run)
    exitProcess(output.deliver())
  }
}
