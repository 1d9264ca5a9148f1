import ModelKit

@main
enum Main {
  @MainActor static func main() async {
    let output = await Experiments.program.run(CommandLine.arguments, Experiments.run)
    exitProcess(output.deliver())
  }
}
